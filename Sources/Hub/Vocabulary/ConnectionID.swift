/// A connection's number, unique within the process; to clients it is `c-` and hex digits.
package struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package var description: String { "c-" + String(number, radix: 16) }
}
