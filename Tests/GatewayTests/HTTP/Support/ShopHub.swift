import Hub
import Logging
import Reactor

@testable import Gateway

/// A hub with a shop in memory behind an HTTP plane: the REST API as clients have it.
final class ShopHub: Sendable {
    static let staff = Principal(user: "staff", isGuest: false, grants: .staff)
    static let ada = Principal(user: "ada", isGuest: false, grants: .everything)
    static let bob = Principal(user: "bob", isGuest: false, grants: .everything)

    let router: Router
    let loops: EventLoopGroup

    init() {
        let journal = InMemoryJournal()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        loops = EventLoopGroup(loops: 1)
        loops.start()
        router = Router(
            lanes: loops.loops,
            surroundings: Surroundings(
                journal: journal,
                ids: RecordIDs(),
                now: { Timestamp.now() }
            ),
            archive: InMemoryChatArchive { Timestamp.now() },
            orders: InMemoryOrderArchive(journal: journal),
            logger: logger
        )
    }

    deinit {
        loops.stop()
        loops.join()
    }

    /// Something to buy.
    func stock(_ sku: String, _ quantity: Int64, price: Int64) async throws {
        let product: JSON = [
            "title": .string("The \(sku)"), "description": "", "image": "", "active": true,
            "price": ["amount": .int(price), "currency": "EUR"],
        ]
        try await tell("put", "product:\(sku)", product)
        try await tell("receive", "item:\(sku)", ["quantity": .int(quantity)])
    }

    private func tell(_ action: String, _ topic: String, _ data: JSON) async throws {
        let ask = Ask(
            action: action,
            topic: try TopicID(topic),
            fields: ["data": data],
            principal: Self.staff
        )
        _ = try await router.perform(ask)
    }

    /// Starts a plane with the hub behind it.
    static func with(_ test: @Sendable (ShopHub, RunningPlane) async throws -> Void) async throws {
        let hub = ShopHub()
        let performer = ScriptedPerformer { ask throws(Rejection) in
            try await hub.router.perform(ask)
        }
        let door = ScriptedDoor(tokens: ["staff": staff, "ada": ada, "bob": bob])
        try await RunningPlane.with(.init(performer: performer, door: door)) { plane in
            try await test(hub, plane)
        }
    }
}
