/// One of the 64 logs in which the nodes of a cluster agree on the order of things.
///
/// A topic's partition follows from its id and never changes: all that must be done in one step for
/// a topic has one place.
package struct Partition: Hashable, Sendable, CustomStringConvertible {
    package static let count = 64
    package static let all = (0..<count).map { Partition(number: $0) }

    /// From 0 to 63.
    package let number: Int

    private init(number: Int) {
        self.number = number
    }

    /// Nil when there is none of that number.
    package init?(_ number: Int) {
        guard (0..<Self.count).contains(number) else { return nil }
        self.number = number
    }

    /// FNV-1a of the id's bytes: the same on every node and for ever, unlike Swift's hashes.
    package init(of topic: TopicID) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in topic.text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        // The low bits of FNV are its weakest.
        number = Int((hash ^ (hash >> 32)) % UInt64(Self.count))
    }

    /// `m` and two digits.
    package var description: String { number < 10 ? "m0\(number)" : "m\(number)" }
}
