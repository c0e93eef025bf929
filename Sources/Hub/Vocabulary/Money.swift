/// An amount of money in a currency's minor units; a fraction of one does not exist.
///
/// Amounts of different currencies are never added up, and what would leave the bounds is nil.
package struct Money: Hashable, Sendable, CustomStringConvertible {
    /// Beyond it JavaScript's numbers are no longer exact.
    package static let amountMaximum: Int64 = (1 << 53) - 1

    /// In minor units: cents of a euro, whole yen.
    package let amount: Int64
    package let currency: Currency

    /// Nil when the amount is out of bounds.
    package init?(_ amount: Int64, _ currency: Currency) {
        guard (-Self.amountMaximum...Self.amountMaximum).contains(amount) else { return nil }
        self.amount = amount
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money {
        Money(unchecked: 0, currency)
    }

    private init(unchecked amount: Int64, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    /// Nil when the currencies differ or the sum is out of bounds.
    package func adding(_ other: Money) -> Money? {
        guard currency == other.currency else { return nil }
        // Within the bounds neither sum can overflow 64 bits.
        return Money(amount + other.amount, currency)
    }

    /// Nil when the currencies differ or the difference is out of bounds.
    package func subtracting(_ other: Money) -> Money? {
        guard currency == other.currency else { return nil }
        return Money(amount - other.amount, currency)
    }

    /// Nil when the product is out of bounds.
    package func times(_ count: Int64) -> Money? {
        let (product, overflows) = amount.multipliedReportingOverflow(by: count)
        return overflows ? nil : Money(product, currency)
    }

    /// Such as `12.90 EUR`.
    package var description: String {
        let digits = String(amount.magnitude)
        let exponent = currency.exponent
        let sign = amount < 0 ? "-" : ""
        guard exponent > 0 else { return "\(sign)\(digits) \(currency)" }
        let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.utf8.count))
        let padded = zeros + digits
        return "\(sign)\(padded.dropLast(exponent)).\(padded.suffix(exponent)) \(currency)"
    }
}

extension Money {
    /// `{"amount": 1290, "currency": "EUR"}`.
    package var json: JSON {
        ["amount": .int(amount), "currency": .string(currency.code)]
    }

    /// Nil when it is not what `json` writes.
    package init?(json: JSON) {
        guard let amount = json["amount"]?.int,
            let currency = json["currency"]?.string.flatMap({ Currency($0) })
        else { return nil }
        self.init(amount, currency)
    }
}
