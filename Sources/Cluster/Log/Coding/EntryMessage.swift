import Hub

/// An entry as Redis keeps and publishes it: seven words, then the topic and the records' bytes.
///
///     entry <epoch> <sequence> <first offset> <id> <id before> <topic's length> <topic><records>
///
/// The script that appends it writes the words, which it alone knows; ids are sixteen hexadecimal
/// digits.
enum EntryMessage {
    /// What is published when a log begins a new epoch or is to be restored.
    static let turned = Array("turned".utf8)

    private static let space = UInt8(ascii: " ")

    /// The same as the script writes: for entries that a restoration puts back.
    static func encode(_ entry: Entry, epoch: Epoch, previous: UInt64) -> [UInt8] {
        let topic = entry.topic.text
        let first = entry.records.first?.offset ?? 0
        let words = """
            entry \(epoch) \(entry.sequence) \(first) \(hexadecimal(entry.id)) \
            \(hexadecimal(previous)) \(topic.utf8.count) \(topic)
            """
        return Array(words.utf8) + RecordBytes.encode(entry.records.map { Draft($0) })
    }

    /// Nil when the bytes are no entry.
    static func decode(_ bytes: [UInt8]) -> LoggedEntry? {
        var rest = bytes[...]
        guard word(&rest) == "entry", let epoch = word(&rest).flatMap({ Epoch($0) }),
            let sequence = word(&rest).flatMap({ UInt64($0) }),
            let first = word(&rest).flatMap({ Offset($0) }),
            let id = word(&rest).flatMap({ number($0) }),
            let previous = word(&rest).flatMap({ number($0) }),
            let length = word(&rest).flatMap({ Int($0) }), (0...rest.count).contains(length),
            let name = String(validating: rest.prefix(length), as: UTF8.self),
            let topic = try? TopicID(name),
            let records = RecordBytes.decode(rest.dropFirst(length), first: first)
        else { return nil }
        return LoggedEntry(
            epoch: epoch,
            previous: previous,
            entry: Entry(id: id, sequence: sequence, topic: topic, records: records)
        )
    }

    static func hexadecimal(_ id: UInt64) -> String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func number(_ text: some StringProtocol) -> UInt64? {
        text.utf8.count == 16 ? UInt64(text, radix: 16) : nil
    }

    private static func word(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.prefix(24).firstIndex(of: space) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(validating: rest[..<end], as: UTF8.self)
    }
}
