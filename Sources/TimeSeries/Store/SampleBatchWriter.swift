/// Writes samples of many series as one run of bytes: what decoders of all formats produce and a
/// shard's store takes.
///
/// For each series: the length of its labels as UInt32, the canonical label bytes, the number of
/// samples as UInt32, and each sample as Int64 milliseconds and the bits of the Double. All little
/// endian, nothing padded. A series may come more than once.
package struct SampleBatchWriter: Sendable {
    /// What is written, and room behind it.
    private var storage: [UInt8] = []
    private var end = 0
    /// How many samples have been written.
    package private(set) var samples = 0
    /// Where the open series' number of samples stands.
    private var countPlace = 0
    private var count: UInt32 = 0

    package init(reserving capacity: Int = 0) {
        storage = [UInt8](repeating: 0, count: capacity)
    }

    package var isEmpty: Bool { end == 0 }

    /// How many bytes have been written.
    package var byteCount: Int { end }

    package var bytes: [UInt8] { Array(storage[..<end]) }

    /// The bytes without copying them.
    package consuming func finish() -> [UInt8] {
        storage.removeLast(storage.count - end)
        return storage
    }

    /// Begins a series; the samples that follow are its.
    package mutating func beginSeries(_ canonicalLabels: RawSpan) {
        let length = canonicalLabels.byteCount
        makeRoom(length + 8)
        let start = end
        end = start + length + 8
        countPlace = end - 4
        count = 0
        var span = storage.mutableSpan
        var room = span.mutableBytes
        let word = UInt32(truncatingIfNeeded: length).littleEndian
        room.storeBytes(of: word, toByteOffset: start, as: UInt32.self)
        room.copy(canonicalLabels, to: start + 4)
        room.storeBytes(of: 0, toByteOffset: start + 4 + length, as: UInt32.self)
    }

    package mutating func beginSeries(_ canonicalLabels: some Collection<UInt8>) {
        let bytes = Array(canonicalLabels)
        beginSeries(bytes.span.bytes)
    }

    package mutating func beginSeries(_ labels: Labels) {
        beginSeries(labels.bytes)
    }

    /// Adds a sample to the series that was begun last.
    package mutating func append(at time: Int64, value: Double) {
        precondition(countPlace > 0, "A sample belongs to a series that was begun.")
        makeRoom(16)
        samples += 1
        count += 1
        let (start, place, number) = (end, countPlace, count.littleEndian)
        end = start + 16
        var span = storage.mutableSpan
        var room = span.mutableBytes
        room.storeBytes(of: time.littleEndian, toByteOffset: start, as: Int64.self)
        let bits = value.bitPattern.littleEndian
        room.storeBytes(of: bits, toByteOffset: start + 8, as: UInt64.self)
        room.storeBytes(of: number, toByteOffset: place, as: UInt32.self)
    }

    package mutating func append(_ sample: Sample) {
        append(at: sample.at, value: sample.value)
    }

    /// Empty again, with its memory kept.
    package mutating func removeAll() {
        end = 0
        samples = 0
        countPlace = 0
        count = 0
    }

    @inline(__always)
    private mutating func makeRoom(_ more: Int) {
        if storage.count - end < more { grow(by: more) }
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let added = max(more, storage.count, 1024)
        storage.append(contentsOf: [UInt8](repeating: 0, count: added))
    }
}
