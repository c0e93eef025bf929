/// A chunk of samples that is being written: Prometheus' XOR encoding, without the count before it.
struct XORAppender: Sendable, Hashable {
    private(set) var bits = BitWriter()
    private(set) var count = 0
    private(set) var lastTime: Int64 = 0
    private(set) var lastDelta: Int64 = 0
    private var values = XORValues(first: 0)

    var lastValue: Double { Double(bitPattern: values.last) }

    init() {}

    /// Appends a sample, which should be later than all before.
    mutating func append(at time: Int64, value: UInt64) {
        switch count {
        case 0:
            bits.varint(UInt64(bitPattern: time << 1 ^ time >> 63))
            bits.write(value, 64)
            values = XORValues(first: value)
        case 1:
            lastDelta = time &- lastTime
            bits.varint(UInt64(bitPattern: lastDelta))
            values.write(value, to: &bits)
        default:
            let delta = time &- lastTime
            write(deltaOfDelta: delta &- lastDelta)
            lastDelta = delta
            values.write(value, to: &bits)
        }
        lastTime = time
        count += 1
    }

    private mutating func write(deltaOfDelta: Int64) {
        let pattern = UInt64(bitPattern: deltaOfDelta)
        switch deltaOfDelta {
        case 0: bits.write(0, 1)
        case -8191...8192: bits.write(0b10 << 14 | pattern & 0x3FFF, 16)
        case -65_535...65_536: bits.write(0b110 << 17 | pattern & 0x1_FFFF, 20)
        case -524_287...524_288: bits.write(0b1110 << 20 | pattern & 0xF_FFFF, 24)
        default:
            bits.write(0b1111, 4)
            bits.write(pattern, 64)
        }
    }
}

extension XORAppender {
    /// As snapshots have it.
    func encode(to writer: inout PackedWriter) {
        writer.varint(count)
        guard count > 0 else { return }
        writer.zigzag(lastTime)
        writer.zigzag(lastDelta)
        writer.word(values.last)
        writer.byte(values.leading)
        writer.byte(values.trailing)
        writer.byte(bits.free)
        writer.run(bits.bytes)
    }

    /// Nil where the bytes are not what an appender wrote.
    init?(from reader: inout PackedReader) {
        guard let count = reader.count(most: Int(UInt32.max)) else { return nil }
        self.init()
        guard count > 0 else { return }
        guard let time = reader.zigzag(), let delta = reader.zigzag(), let value = reader.word(),
            let leading = reader.byte(), let trailing = reader.byte(), let free = reader.byte(),
            let run = reader.run(), !run.isEmpty, free <= 8,
            leading == 0xFF || Int(leading) + Int(trailing) < 64
        else { return nil }
        self.count = count
        lastTime = time
        lastDelta = delta
        values.last = value
        values.leading = leading
        values.trailing = trailing
        bits = BitWriter(Array(reader.bytes[run]), free: free)
    }
}
