/// A column of unsigned integers: a sign says that a count follows.
struct UintRunWriter {
    private var writer = ByteWriter()
    private var value: UInt64 = 0
    private var count: UInt64 = 0

    mutating func write(_ next: UInt64) {
        if next == value {
            count += 1
            return
        }
        flush()
        (value, count) = (next, 1)
    }

    private mutating func flush() {
        guard count > 0 else { return }
        writer.writeVarInt(magnitude: value, isNegative: count > 1)
        if count > 1 { writer.writeVarUint(count - 2) }
    }

    mutating func finish() -> [UInt8] {
        flush()
        count = 0
        return writer.finish()
    }
}
