/// A column of integers by their differences: the lowest bit says that a count follows.
struct DifferenceRunWriter {
    private var writer = ByteWriter()
    private var value: Int64 = 0
    private var difference: Int64 = 0
    private var count: UInt64 = 0

    mutating func write(_ next: UInt64) {
        let step = Int64(next) - value
        value = Int64(next)
        if step == difference {
            count += 1
            return
        }
        flush()
        (difference, count) = (step, 1)
    }

    private mutating func flush() {
        guard count > 0 else { return }
        writer.writeVarInt(difference * 2 + (count > 1 ? 1 : 0))
        if count > 1 { writer.writeVarUint(count - 2) }
    }

    mutating func finish() -> [UInt8] {
        flush()
        count = 0
        return writer.finish()
    }
}
