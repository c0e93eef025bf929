/// How much of an item there is: what each of its records says of the state behind it.
package struct StockLevel: Hashable, Sendable {
    /// Pieces in the house.
    package var onHand: Int64 = 0
    /// Those of them that are held.
    package var reserved: Int64 = 0
    /// When the next hold expires.
    package var nextExpiry: Timestamp?

    package init(onHand: Int64 = 0, reserved: Int64 = 0, nextExpiry: Timestamp? = nil) {
        self.onHand = onHand
        self.reserved = reserved
        self.nextExpiry = nextExpiry
    }

    package var available: Int64 { onHand - reserved }
}
