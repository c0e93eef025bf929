/// A column of bytes: each value, and how often it comes again. The last one's count is left out.
struct ByteRunWriter {
    private var writer = ByteWriter()
    private var value: UInt8 = 0
    private var count: UInt64 = 0

    mutating func write(_ next: UInt8) {
        if count > 0, next == value {
            count += 1
            return
        }
        if count > 0 { writer.writeVarUint(count - 1) }
        writer.write(next)
        (value, count) = (next, 1)
    }

    func finish() -> [UInt8] { writer.finish() }
}
