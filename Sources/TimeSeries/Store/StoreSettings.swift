/// What a shard's store takes in, and for how long it remembers.
package struct StoreSettings: Sendable, Hashable {
    /// How far behind a series' newest sample another may be, in milliseconds.
    package var lateWindow: Int64 = 300_000
    /// How far ahead of the clock a sample may be.
    package var aheadMaximum: Int64 = 600_000
    /// How old a sample may be by the clock.
    package var ageMaximum: Int64 = 15 * 86_400_000
    /// How long a series without samples is remembered: as long as the last block of it is kept.
    package var forgetAfter: Int64 = 400 * 86_400_000
    package var seriesMaximum = 1_000_000
    package var labelsMaximum = 64
    package var nameBytesMaximum = 512
    package var valueBytesMaximum = 4096

    package init() {}

    // What follows is fixed: blocks must come out the same when records are read again.

    /// Samples of a sealed block.
    static let blockSamples = 480
    /// Open samples of a series so fast that the late window alone would hold more.
    static let openMaximum = 4 * blockSamples
    /// Late samples that wait to be put in their places.
    static let lateMaximum = 64
    /// Rows of a tier that are gathered for a block.
    static let blockRows = 60
    /// A series without samples for so long is put away whole.
    static let idleAfter: Int64 = 6 * 3_600_000
    /// No sample stays open longer.
    static let openFor: Int64 = 24 * 3_600_000
}
