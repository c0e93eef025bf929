/// Writes samples of many series as one run of bytes: what decoders of all formats produce and a
/// shard's store takes.
///
/// For each series: the length of its labels as UInt32, the canonical label bytes, the number of
/// samples as UInt32, and each sample as Int64 milliseconds and the bits of the Double. All little
/// endian, nothing padded. A series may come more than once.
package struct SampleBatchWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// How many samples have been written.
    package private(set) var samples = 0
    /// Where the open series' number of samples stands.
    private var countPlace = 0
    private var count: UInt32 = 0

    package init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Begins a series; the samples that follow are its.
    package mutating func beginSeries(_ canonicalLabels: some Collection<UInt8>) {
        append(UInt32(truncatingIfNeeded: canonicalLabels.count))
        bytes.append(contentsOf: canonicalLabels)
        countPlace = bytes.count
        count = 0
        append(0 as UInt32)
    }

    package mutating func beginSeries(_ labels: Labels) {
        beginSeries(labels.bytes)
    }

    /// Adds a sample to the series that was begun last.
    package mutating func append(at time: Int64, value: Double) {
        precondition(countPlace > 0, "A sample belongs to a series that was begun.")
        append(UInt64(bitPattern: time))
        append(value.bitPattern)
        samples += 1
        count += 1
        for index in 0..<4 {
            bytes[countPlace + index] = UInt8(truncatingIfNeeded: count >> UInt32(index * 8))
        }
    }

    package mutating func append(_ sample: Sample) {
        append(at: sample.at, value: sample.value)
    }

    /// Empty again, with its memory kept.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        samples = 0
        countPlace = 0
        count = 0
    }

    private mutating func append<Word: FixedWidthInteger>(_ word: Word) {
        var word = word
        for _ in 0..<Word.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: word))
            word >>= 8
        }
    }
}
