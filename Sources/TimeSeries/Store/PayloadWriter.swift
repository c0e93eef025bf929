/// Writes the record of what a turn takes: each series by its slot, or by its labels where it is
/// new, and its samples.
///
/// A byte of version; the clock; then for each series its head, the labels where it is new, the
/// number of samples unless it is one, and each sample as the time since the sample before, zigzag,
/// and the bits of the value. The head is, from the lowest bit: whether the series is new, whether
/// there is one sample, and how far its slot is from the one after the last.
struct PayloadWriter {
    static let version: UInt8 = 1
    static let isKnown: UInt64 = 0
    static let isNew: UInt64 = 1
    static let isSingle: UInt64 = 2

    private var writer = PackedWriter()
    private var nextSlot: Int64 = 0
    private var lastTime: Int64
    /// The series that was begun: its head without the bit for a single sample, and its labels.
    private var head: UInt64 = 0
    private var labels: ArraySlice<UInt8> = []
    /// Samples are held back until it is known how many there are.
    private var first: Sample?
    private var rest: [Sample] = []

    init(at now: Int64, reserving capacity: Int) {
        writer.bytes.reserveCapacity(capacity)
        writer.byte(Self.version)
        writer.zigzag(now)
        lastTime = now
    }

    mutating func begin(slot: Int) {
        let distance = Int64(slot) - nextSlot
        head = UInt64(bitPattern: distance << 1 ^ distance >> 63) << 2 | Self.isKnown
        nextSlot = Int64(slot) + 1
    }

    mutating func begin(labels: ArraySlice<UInt8>) {
        head = Self.isNew
        self.labels = labels
    }

    mutating func append(_ sample: Sample) {
        if first == nil { first = sample } else { rest.append(sample) }
    }

    /// Writes the series that was begun, if it was given samples.
    mutating func endSeries() {
        guard let first else { return }
        writer.varint(rest.isEmpty ? head | Self.isSingle : head)
        if head & Self.isNew != 0 {
            writer.run(labels)
            labels = []
        }
        if !rest.isEmpty { writer.varint(rest.count + 1) }
        write(first)
        for sample in rest { write(sample) }
        self.first = nil
        if !rest.isEmpty { rest.removeAll(keepingCapacity: true) }
    }

    private mutating func write(_ sample: Sample) {
        writer.zigzag(sample.at &- lastTime)
        writer.word(sample.value.bitPattern)
        lastTime = sample.at
    }

    func finish() -> [UInt8] { writer.bytes }
}
