/// An incarnation of a topic's log: a small number, written in base 36.
package struct Epoch: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt32

    package init(_ number: UInt32) {
        self.number = number
    }

    /// Nil unless the text is one to seven base-36 digits that fit.
    package init?(_ text: some StringProtocol) {
        guard (1...7).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "+"),
            let number = UInt32(text, radix: 36)
        else { return nil }
        self.number = number
    }

    package var description: String { String(number, radix: 36) }
}
