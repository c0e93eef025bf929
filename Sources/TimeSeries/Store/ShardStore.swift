/// The series of one shard: their labels, their newest samples, and what of them is sealed and not
/// yet stored. A value without a clock: what it becomes depends on the payloads it applies alone.
///
/// `decide` looks at a batch and makes a payload of what it takes; `apply` takes a payload in, when
/// it is decided and when it is read again. Sealed blocks stay, and are part of snapshots and
/// answers, until they are known to be stored.
package struct ShardStore: Sendable {
    package let settings: StoreSettings
    var index = SeriesIndex()
    /// By slot, as the index has them.
    var heads: [SeriesHead] = []
    /// Samples that came late and wait to be put in their places, by slot.
    var late: [UInt32: Samples] = [:]
    /// Numbers of series that were given out.
    var seriesNumbers: UInt64 = 0
    /// Numbers of blocks that were given out.
    var blockNumbers: UInt64 = 0
    /// Sealed and not known to be stored, by rising sequence.
    var pending: [SealedBlock] = []
    /// How many pending blocks a series has, by number.
    var pendingCounts: [UInt64: Int] = [:]
    /// Which slot is looked at next for what is idle.
    var sweepSlot = 0
    /// Counts payloads: who remembers it knows what has changed since.
    package internal(set) var changes: UInt64 = 0
    /// The count of changes when a series came or went.
    package internal(set) var seriesChangedAt: UInt64 = 0

    package init(_ settings: StoreSettings = StoreSettings()) {
        self.settings = settings
    }

    /// How many series are known.
    package var seriesCount: Int { index.count }

    /// How many samples are in memory and not sealed.
    package var openSamples: Int {
        heads.reduce(0) { $0 + $1.open.count } + late.values.reduce(0) { $0 + $1.count }
    }

    package var pendingBlocks: Int { pending.count }

    // MARK: Sealed blocks

    /// The sequence of the block that is sealed next: none that is stored can have it, unless it
    /// was stored before a crash and is made again.
    package var nextBlock: UInt64 { blockNumbers }

    /// Sealed blocks that are not known to be stored, from that sequence on.
    package func sealed(from sequence: UInt64, limit: Int) -> ArraySlice<SealedBlock> {
        let place = pending.partition(from: sequence)
        return pending[place..<min(pending.count, place + limit)]
    }

    /// All blocks below that sequence are stored: they are forgotten here.
    package mutating func noteStored(below sequence: UInt64) {
        let place = pending.partition(from: sequence)
        for block in pending[..<place] {
            let left = (pendingCounts[block.series] ?? 1) - 1
            pendingCounts[block.series] = left > 0 ? left : nil
        }
        pending.removeFirst(place)
    }

    mutating func add(_ block: SealedBlock) {
        pending.append(block)
        pendingCounts[block.series, default: 0] += 1
    }
}

extension [SealedBlock] {
    /// How many are below that sequence.
    fileprivate func partition(from sequence: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
