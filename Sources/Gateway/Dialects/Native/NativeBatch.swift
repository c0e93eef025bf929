/// The replies to an array of commands: sent as one array once the last is there.
///
/// Bounded: two hundred pages of history asked for at once must not be held at once.
final class NativeBatch {
    /// Of all replies together.
    static let bytesMaximum = 1 << 20
    /// A reply of this size has its place whatever the others took: that of a command that stored
    /// something must not be lost.
    static let bytesGranted = 1 << 10

    private var replies: [[UInt8]?]
    private var missing: Int
    private var bytes = 0

    init(count: Int) {
        replies = Array(repeating: nil, count: count)
        missing = count
    }

    /// Whether a reply of that size still has its place.
    func hasRoom(for reply: [UInt8]) -> Bool {
        reply.count <= Self.bytesGranted || bytes + reply.count <= Self.bytesMaximum
    }

    /// Notes a reply, or that none is wanted (empty), and gives the whole array when it was the
    /// last.
    func fill(_ index: Int, _ reply: [UInt8]) -> [UInt8]? {
        guard replies[index] == nil else { return nil }
        replies[index] = reply
        bytes += reply.count
        missing -= 1
        guard missing == 0 else { return nil }
        let wanted = replies.compactMap { $0 }.filter { !$0.isEmpty }
        guard !wanted.isEmpty else { return [] }
        return [UInt8(ascii: "[")] + wanted.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
    }
}
