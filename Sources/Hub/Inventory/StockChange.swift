/// What can happen to an item's stock.
package enum StockChange: Hashable, Sendable {
    case received(quantity: Int64, reference: String?)
    case adjusted(delta: Int64, reason: String)
    /// A hold is made, or, with the id of one that there is, made anew: `hold.quantity` is all that
    /// it holds now.
    case reserved(Hold)
    case extended(Hold)
    /// The pieces have left the house. A late one had expired before, and found them still there.
    case committed(Hold, order: String?, isLate: Bool)
    case released(Hold, reason: String?)
    /// Nothing but time has passed.
    case expired
    case thresholdSet(Int64)

    package var type: String {
        switch self {
        case .received: "stock_received"
        case .adjusted: "stock_adjusted"
        case .reserved: "stock_reserved"
        case .extended: "reservation_extended"
        case .committed: "reservation_committed"
        case .released: "reservation_released"
        case .expired: "reservation_expired"
        case .thresholdSet: "threshold_set"
        }
    }

    /// Why the level is another one, for those who watch.
    var reason: String {
        switch self {
        case .received: "received"
        case .adjusted: "adjusted"
        case .reserved: "reserved"
        case .extended: "extended"
        case .committed: "sold"
        case .released: "released"
        case .expired: "expired"
        case .thresholdSet: "threshold"
        }
    }

    /// The hold that it is about.
    package var hold: Hold? {
        switch self {
        case .reserved(let hold), .extended(let hold), .committed(let hold, _, _),
            .released(let hold, _):
            hold
        case .received, .adjusted, .expired, .thresholdSet: nil
        }
    }
}
