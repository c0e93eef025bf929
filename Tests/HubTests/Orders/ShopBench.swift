import Hub
import Logging

/// A shop in memory on a lane of its own thread, with a clock moved by hand and a journal that
/// fails when it is told to.
final class ShopBench: Sendable {
    let journal: FailingJournal
    let router: Router
    private let lane = QueueLane()
    private let clock: HandClock

    static let start: Int64 = 1_795_400_000_000
    static let staff = Principal(user: "staff", isGuest: false, grants: .staff)

    init(journal: FailingJournal = FailingJournal(), time: Int64 = start) {
        self.journal = journal
        let clock = HandClock(time)
        self.clock = clock
        router = Router(
            lanes: [lane],
            surroundings: Surroundings(
                journal: journal,
                ids: RecordIDs(node: .random(in: 0..<1024)),
                now: { clock.time }
            ),
            archive: InMemoryChatArchive { Timestamp(milliseconds: time) },
            orders: InMemoryOrderArchive(journal: journal.stored),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    var time: Int64 { clock.time.milliseconds }

    func advance(by milliseconds: Int64) { clock.advance(by: milliseconds) }

    /// The hub after its process was killed: the journal is all that is left.
    func restarted() -> ShopBench { ShopBench(journal: journal, time: time) }

    static func principal(_ user: String) -> Principal {
        switch user {
        case "staff": staff
        case "": .hub
        default: Principal(user: user, isGuest: user.hasPrefix("guest-"), grants: .everything)
        }
    }

    @discardableResult
    func ask(
        _ action: String,
        _ topic: String?,
        _ data: JSON = [:],
        by user: String = "staff",
        key: String? = nil
    ) async throws(Rejection) -> JSON {
        var id: TopicID?
        if let topic { id = try TopicID(topic) }
        let ask = Ask(
            action: action,
            topic: id,
            fields: ["data": data],
            key: key,
            principal: Self.principal(user)
        )
        return try await router.perform(ask)
    }

    func join(
        _ topic: String,
        by user: String,
        _ seats: RecordingSeats
    ) async throws -> Result<JoinOutcome, Rejection> {
        let id = try TopicID(topic)
        return await withCheckedContinuation { continuation in
            let join = Join(
                connection: ConnectionID(.random(in: 1...(.max))),
                principal: Self.principal(user),
                lane: lane,
                seats: seats,
                dialect: PlainDialect(),
                announces: false,
                number: 1
            )
            router.submit(join, to: id) { continuation.resume(returning: $0) }
        }
    }

    /// Waits until the condition holds; false when it never did.
    func settles(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<2_000 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    /// Something to buy.
    func stock(_ sku: String, _ quantity: Int64, price: Int64 = 500) async throws {
        let product: JSON = [
            "title": .string("The \(sku)"), "description": "", "image": "", "active": true,
            "category": "all", "price": ["amount": .int(price), "currency": "EUR"],
        ]
        try await ask("put", "product:\(sku)", product)
        if quantity > 0 { try await ask("receive", "item:\(sku)", ["quantity": .int(quantity)]) }
    }

    func fill(_ user: String, _ lines: [(sku: String, quantity: Int64)]) async throws {
        let list: [JSON] = lines.map {
            ["sku": .string($0.sku), "quantity": .int($0.quantity)]
        }
        try await ask("setLines", "cart:\(user)", ["lines": .array(list)], by: user)
    }

    func level(_ sku: String) async throws -> (onHand: Int64, reserved: Int64, available: Int64) {
        let stock = try await ask("stock", "item:\(sku)")
        return (
            stock["onHand"]?.int ?? -1, stock["reserved"]?.int ?? -1,
            stock["available"]?.int ?? -1
        )
    }

    func orders() async throws -> [OrderSummary] {
        try await InMemoryOrderArchive(journal: journal.stored).orders(OrderQuery(limit: .max))
    }
}
