import NIOCore

/// Finds where a request's head ends, wherever its reads are cut: at the first blank line behind a
/// line that isn't.
struct HeadEnd {
    private var hasLine = false
    private var isLineEmpty = true

    /// How many of the bytes are the head's, its blank line included; nil when it goes on.
    mutating func find(in bytes: ByteBufferView) -> Int? {
        for (count, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"):
                if hasLine, isLineEmpty {
                    self = HeadEnd()
                    return count + 1
                }
                isLineEmpty = true
            case UInt8(ascii: "\r"): break
            default:
                hasLine = true
                isLineEmpty = false
            }
        }
        return nil
    }
}
