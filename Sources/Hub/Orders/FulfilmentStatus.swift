/// How far an order's goods are.
package enum FulfilmentStatus: String, Sendable, Hashable, CaseIterable {
    case unfulfilled
    case packed
    case shipped
    case delivered
    case cancelled
}
