/// What became of an order's money.
package enum PaymentStatus: String, Sendable, Hashable, CaseIterable {
    case unpaid
    case paid
    case partiallyRefunded = "partially_refunded"
    case refunded
}
