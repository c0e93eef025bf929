/// Where an order stands, in one word.
///
/// ```
/// pending → awaiting_payment → paid → packed → shipped → delivered
///    └──────────────┴───────────┴───────┴──→ cancelled
///                               paid … delivered, cancelled → partially_refunded → refunded
/// ```
///
/// What was paid and how far the goods are, are axes of their own (`PaymentStatus`,
/// `FulfilmentStatus`): an order that was refunded in part is packed and shipped like another.
package enum OrderStatus: String, Sendable, Hashable, CaseIterable {
    /// Placed; its goods are being set aside.
    case pending
    case awaitingPayment = "awaiting_payment"
    case paid
    case packed
    case shipped
    case delivered
    case cancelled
    case partiallyRefunded = "partially_refunded"
    case refunded
}
