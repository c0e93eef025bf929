/// Takes an order through what concerns several topics: from a cart to goods set aside, from a
/// payment to goods sold, from a cancellation to goods given back. A saga that the order itself
/// records; every step may be taken again.
///
/// ```
/// checkout   cart: contents? ─ products: price? ─ order: placed ─ items: reserve …
///              ├─ all held ─ cart: emptied ─ order: awaiting_payment
///              └─ one refused ─ order: cancelled ─ cart: kept ─ items: release … ─ settled
/// pay        order: payment begun ─ items: commit … ─ order: paid, or a shortfall
/// cancel     order: cancelled ─ items: release or restock … ─ order: settled
/// ```
///
/// Where it can break off, and what then happens. Whoever comes next, the buyer again or the
/// sweeper some seconds later, calls `advance`, which goes on from the last record:
///
/// - before `placed`: nothing has happened.
/// - after `placed`, with any of the goods set aside: `reserve` is repeated with the order's id as
///   its key, so a hold that was made is found and not made twice.
/// - after the cart was emptied: the same; the cart knows the generation no more and does nothing.
///   The order's last step comes last because it ends the search for it.
/// - after `cancelled`: what is to be given back is in that record; `release` of what is gone is
///   success, and goods are put back with the order's id as the key.
/// - after `payment begun`: goods are taken with a key, so none is taken twice. Until it is known
///   whether all could be, the order can neither be cancelled nor expire: who has paid gets the
///   goods or a shortfall, and goods that were taken are always an order's.
///
/// What races is decided by the order's own records, which are ordered: of `cancel`, `expire` and
/// `pay` the first that is recorded wins, and the others are told so. Two checkouts of one cart
/// are one order, as it is named after the cart's generation; a cart that is edited meanwhile keeps
/// what was not ordered. Prices are read once, into `placed`. A hold that has lapsed when it is
/// paid for is taken anew if there are pieces left. Holds lapse by themselves in any case: what
/// nobody finds any more is not kept for ever.
struct Checkout: Sendable {
    /// Asks topics, all at once; answers in the order of the asks.
    typealias Perform = @Sendable (_ asks: [Ask]) async -> [Result<JSON, Rejection>]
    /// The record that an author made with a key.
    typealias Recall =
        @Sendable (
            _ key: String, _ author: String, _ topic: TopicID
        ) async throws(Rejection) -> Record?

    /// Returns when this node has what any node has stored in the topic.
    typealias CatchUp = @Sendable (_ topic: TopicID) async throws(Rejection) -> Void

    let desk: CheckoutDesk
    let now: @Sendable () -> Timestamp
    let perform: Perform
    let recall: Recall
    let catchUp: CatchUp

    static func answers(_ action: String, on topic: TopicID?) -> Bool {
        switch topic?.kind {
        case .cart: action == "checkout"
        case .order: action == "pay" || action == "cancel"
        default: false
        }
    }

    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let topic = ask.topic else {
            throw Rejection(.badRequest, "That action needs a topic.")
        }
        return switch ask.action {
        case "checkout": try await checkOut(ask, cart: topic)
        case "pay": try await pay(ask, topic)
        case "cancel": try await cancel(ask, topic)
        default: throw Rejection(.unknownAction, "There is no such action.")
        }
    }

    func one(
        _ action: String,
        _ topic: TopicID,
        _ data: JSON = [:],
        key: String? = nil,
        as principal: Principal = .hub
    ) async throws(Rejection) -> JSON {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: ["data": data],
            key: key,
            principal: principal
        )
        let outcomes = await perform([ask])
        guard let outcome = outcomes.first else {
            preconditionFailure("Each ask has an outcome.")
        }
        return try outcome.get()
    }

    func order(_ id: String) throws(Rejection) -> TopicID { try TopicID(.order, id) }
}
