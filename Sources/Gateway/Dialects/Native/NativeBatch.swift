/// The replies to an array of commands: sent as one array once the last is there.
final class NativeBatch {
    private var replies: [[UInt8]?]
    private var missing: Int

    init(count: Int) {
        replies = Array(repeating: nil, count: count)
        missing = count
    }

    /// Notes a reply, or that none is wanted (empty), and gives the whole array when it was the
    /// last.
    func fill(_ index: Int, _ reply: [UInt8]) -> [UInt8]? {
        guard replies[index] == nil else { return nil }
        replies[index] = reply
        missing -= 1
        guard missing == 0 else { return nil }
        let wanted = replies.compactMap { $0 }.filter { !$0.isEmpty }
        guard !wanted.isEmpty else { return [] }
        return [UInt8(ascii: "[")] + wanted.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
    }
}
