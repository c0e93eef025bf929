/// Samples, or rows of a tier, that change no more: what is stored.
package struct SealedBlock: Sendable, Hashable {
    /// Counts up in a shard, and is the same when records are read again.
    package let sequence: UInt64
    /// The series' number in its shard, which no other series ever gets.
    package let series: UInt64
    package let tier: Tier
    /// The coarsest tier that a raw block stands for, because a row there would hold one sample:
    /// the block is kept for as long as that tier. Else the block's own tier.
    package let stands: Tier
    /// The first sample's time or the first row's start.
    package let start: Int64
    /// The last sample's time.
    package let end: Int64
    /// How many samples or rows.
    package let count: Int
    package let bytes: [UInt8]

    package init(
        sequence: UInt64,
        series: UInt64,
        tier: Tier,
        stands: Tier,
        start: Int64,
        end: Int64,
        count: Int,
        bytes: [UInt8]
    ) {
        self.sequence = sequence
        self.series = series
        self.tier = tier
        self.stands = stands
        self.start = start
        self.end = end
        self.count = count
        self.bytes = bytes
    }

    /// Whether it has a part of that tier's rows.
    package func serves(_ tier: Tier) -> Bool {
        self.tier == tier || self.tier == .raw && stands >= tier
    }

    /// The samples of a raw block; nil when the bytes are none.
    package func samples() -> Samples? {
        tier == .raw ? Chunk.decode(bytes) : nil
    }

    /// The rows that it has of that tier; nil when the bytes are none.
    package func rows(_ tier: Tier) -> RollupColumns? {
        guard self.tier == .raw else { return RollupColumns(decoding: bytes) }
        return samples().map { RollupColumns($0, tier) }
    }
}
