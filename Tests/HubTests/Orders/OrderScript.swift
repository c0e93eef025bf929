import Testing

@testable import Hub

/// An order's ledger with a hand-moved clock, whose records are kept as the journal would.
struct OrderScript {
    static let user = "ada"
    var ledger: OrderLedger
    var records: [Record] = []
    var time: Int64 = 1_795_400_000_000
    private let topic: TopicID

    init(cart: Int64 = 7) throws {
        topic = try TopicID(.order, "o-\(cart)")
        ledger = OrderLedger(topic: topic)
    }

    static func placement(
        _ lines: [(sku: String, quantity: Int64, price: Int64)] = [
            ("tea", 2, 450), ("cup", 1, 1200),
        ],
        cart: Int64 = 7
    ) throws -> OrderPlacement {
        let lines = try lines.map {
            try #require(
                OrderLine(sku: $0.sku, title: $0.sku, quantity: $0.quantity, unitPrice: $0.price)
            )
        }
        let euro = try #require(Currency("EUR"))
        return OrderPlacement(
            user: user,
            cartID: RecordID(cart),
            cartKey: nil,
            lines: lines,
            totals: try #require(OrderTotals(euro, of: lines)),
            address: nil
        )
    }

    static func principal(_ user: String) -> Principal {
        switch user {
        case "staff": Principal(user: user, isGuest: false, grants: .staff)
        case "": .hub
        default: Principal(user: user, isGuest: false, grants: .everything)
        }
    }

    /// Decides and takes in; the reply.
    @discardableResult
    mutating func perform(
        _ command: OrderCommand,
        by user: String = ""
    ) throws(Rejection) -> JSON {
        time += 1
        let at = Timestamp(milliseconds: time)
        let id = RecordID(Int64(records.count) + 100)
        let request = Request(principal: Self.principal(user), at: at) { id }
        let decision = try ledger.decide(command, request)
        for (id, event) in decision.events {
            ledger.apply(event, id: id, author: user, at: at)
            let draft = Draft(id: id, author: user, at: at, key: nil, event: event)
            records.append(Record(draft, offset: Offset(records.count) + 1))
        }
        return decision.reply
    }

    /// The ledger as it is loaded from the records behind a snapshot.
    func reloaded(snapshot: [UInt8]?, after count: Int) throws -> OrderLedger {
        var loaded = OrderLedger(topic: topic)
        if let snapshot {
            loaded = try #require(OrderLedger(topic: topic, snapshot: snapshot))
        }
        for record in records[count...] {
            let event = try #require(OrderEvent(type: record.type, payload: record.payload))
            loaded.apply(event, id: record.id, author: record.author, at: record.at)
        }
        return loaded
    }

    static let holds = [
        OrderHold(sku: "tea", reservationID: "1.tea"),
        OrderHold(sku: "cup", reservationID: "2.cup"),
    ]

    /// Up to the wait for the payment.
    mutating func place(expiresIn milliseconds: Int64 = 900_000) throws {
        try perform(.place(try Self.placement()), by: Self.user)
        let end = Timestamp(milliseconds: time + milliseconds)
        try perform(.confirm(holds: Self.holds, expiresAt: end))
    }

    mutating func pay() throws {
        try perform(.beginPayment(reference: "p-1"), by: "staff")
        try perform(.completePayment)
    }
}
