/// Finds who is mentioned in a message: `@ada`, at its beginning or after what is no part of a
/// word.
///
/// A name is made of `A-Z a-z 0-9 . _ -` and doesn't end with a dot or dash, so that `@ada.` ends a
/// sentence. `ada@example.org` mentions nobody. `@all`, `@channel` and `@here` are no
/// users: clients may show them as they like, nothing is stored and nobody is told.
enum Mentions {
    private static let reserved: Set<String> = ["all", "channel", "here"]

    /// Different names in the order of their first mention, bounded.
    static func parse(_ content: String) -> [String] {
        var content = content
        return content.withUTF8 { bytes in
            guard bytes.contains(UInt8(ascii: "@")) else { return [] }
            return names(in: bytes)
        }
    }

    private static func names(in bytes: UnsafeBufferPointer<UInt8>) -> [String] {
        var names: [String] = []
        var at = 0
        while at < bytes.count, names.count < ChatLimits.mentionsPerMessage {
            defer { at += 1 }
            guard bytes[at] == UInt8(ascii: "@") else { continue }
            if at > 0, isPartOfWord(bytes[at - 1]) { continue }
            let start = at + 1
            var end = start
            while end < bytes.count, isPartOfName(bytes[end]) { end += 1 }
            at = end - 1
            while end > start, isPunctuation(bytes[end - 1]) { end -= 1 }
            guard (1...Principal.userBytesMaximum).contains(end - start) else { continue }
            let name = String(decoding: bytes[start..<end], as: UTF8.self)
            if !reserved.contains(name), !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Letters beyond ASCII are words too.
    private static func isPartOfWord(_ byte: UInt8) -> Bool { isPartOfName(byte) || byte >= 0x80 }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
