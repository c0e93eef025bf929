/// What can be asked of an item's stock.
package enum StockCommand: Sendable, Hashable {
    case receive(quantity: Int64, reference: String?)
    case adjust(delta: Int64, reason: String)
    case setThreshold(Int64)
    /// Without a holder it is the asker.
    case reserve(quantity: Int64, ttl: Int64, holder: String?)
    case extend(RecordID, ttl: Int64)
    case commit(RecordID, order: String?)
    case release(RecordID, reason: String?)
    case stock
    /// May the principal watch? The reply has what there is to see.
    case access
    case holds(after: RecordID?, limit: Int)
    /// Records that holds have expired. Comes from the hub itself.
    case expire
}
