/// A record's identity, unique for ever and across nodes; a message's id is its record's.
///
/// 41 bits of milliseconds since 2024-01-01, 10 bits of node, 12 bits of sequence, so ids of one
/// node rise with time and an index over them grows at its end. In JSON it is a decimal string,
/// because JavaScript's numbers end at 2^53.
package struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) {
        self.number = number
    }

    /// Nil unless the text is a positive decimal number of 63 bits as `description` writes it: no
    /// sign and no leading zero, so that an id has one spelling.
    package init?(_ text: some StringProtocol) {
        guard let first = text.utf8.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first),
            text.utf8.count <= 19, let number = Int64(text)
        else { return nil }
        self.number = number
    }

    package var description: String { String(number) }

    package static func < (left: RecordID, right: RecordID) -> Bool {
        left.number < right.number
    }
}
