import Hub

/// What is published at once: who tells, and what of which topics.
///
///     <version> <node> then for each: <topic> <kind> <fields>
struct BusMessage {
    typealias Entry = (topic: TopicID, message: PeerMessage)

    private static let version: UInt8 = 1

    let peer: PeerID
    let entries: [Entry]

    static func begin(_ peer: PeerID) -> BusWriter {
        var writer = BusWriter()
        writer.write(version)
        writer.write(peer.number)
        return writer
    }

    /// Nil when the bytes are no such message.
    static func decode(_ bytes: [UInt8]) -> BusMessage? {
        var reader = BusReader(bytes)
        guard reader.byte() == version, let peer = reader.number() else { return nil }
        var entries: [Entry] = []
        while !reader.isAtEnd {
            guard let name = reader.text(), let topic = try? TopicID(name),
                let message = PeerMessage(from: &reader)
            else { return nil }
            entries.append((topic, message))
        }
        return BusMessage(peer: PeerID(peer), entries: entries)
    }
}
