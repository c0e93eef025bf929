/// What the store holds of one series in memory.
struct SeriesHead: Sendable {
    /// Zero where the slot is free.
    var number: UInt64
    /// The newest sample; it stays when all samples are sealed.
    var last = Sample(at: .min, value: 0)
    /// Samples that are not sealed, the late ones excepted.
    var open = XORAppender()
    /// The time of the first open sample.
    var firstOpen: Int64 = .max
    /// The time of the last sealed sample: nothing is taken at or before it.
    var sealedUpTo: Int64 = .min
    /// How many open samples call for sealing.
    var sealAt = UInt32(StoreSettings.blockSamples)
    var hasLate = false
    /// The store's count of changes when the newest sample came.
    var changedAt: UInt64 = 0
    /// Rows of tiers that are too few for a block; empty, or for each tier its bytes with their
    /// length before them.
    var rows: [UInt8] = []

    init(number: UInt64) {
        self.number = number
    }

    enum Place {
        case next, late, duplicate, refused
    }

    /// Where a sample belongs, if it is taken.
    @inline(__always)
    static func place(
        of sample: Sample,
        last: Sample,
        sealedUpTo: Int64,
        lateWindow: Int64
    ) -> Place {
        if sample.at > last.at { return .next }
        if sample == last { return .duplicate }
        guard sample.at > sealedUpTo, sample.at >= last.at.clamped(minus: lateWindow) else {
            return .refused
        }
        return .late
    }

    mutating func append(_ sample: Sample, change: UInt64) {
        if open.count == 0 { firstOpen = sample.at }
        open.append(at: sample.at, value: sample.value.bitPattern)
        last = sample
        changedAt = change
    }

    /// The open samples, the late ones excepted.
    var openSamples: Samples {
        XORChunk.decode(bits: open.bits.bytes, count: open.count) ?? Samples()
    }

    /// Open are these and no others.
    mutating func reopen(_ samples: Samples) {
        open = XORAppender()
        firstOpen = samples.times.first ?? .max
        for index in 0..<samples.count {
            open.append(at: samples.times[index], value: samples.values[index].bitPattern)
        }
    }

    /// What is gathered of each tier, the finest first.
    var gathered: [RollupColumns] {
        get {
            var reader = PackedReader(rows)
            return Tier.rollups.map { _ in
                guard let run = reader.run(), !run.isEmpty else { return RollupColumns() }
                return RollupColumns(decoding: Array(rows[run])) ?? RollupColumns()
            }
        }
        set {
            var writer = PackedWriter()
            for (tier, rows) in zip(Tier.rollups, newValue) {
                writer.run(rows.isEmpty ? [] : rows.encoded(tier))
            }
            rows = newValue.allSatisfy(\.isEmpty) ? [] : writer.bytes
        }
    }
}

extension Int64 {
    /// Less by that much, or the least there is.
    func clamped(minus other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }

    func clamped(plus other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
