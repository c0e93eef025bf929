import Gateway
import Hub
import Logging
import Reactor
import Storage

/// The shop in a data directory that no process has open: filled before a test, counted after it.
struct ShopAtRest: Sendable {
    let directory: String
    /// By how much its clock is ahead: what waits for someone to go on with it is due then.
    var ahead: Int64 = 0

    static let staff = Principal(user: "staff", isGuest: false, grants: .staff)

    func with<Value: Sendable>(
        _ body: @Sendable (Router, Store) async throws -> Value
    ) async throws -> Value {
        let store = try Store.open(directory: directory, durability: .os)
        let loops = EventLoopGroup(loops: 1)
        loops.start()
        let newest = try await store.journal.newestRecordID()
        let ahead = ahead
        let router = Router(
            lanes: loops.loops,
            surroundings: Surroundings(
                journal: store.journal,
                ids: RecordIDs(after: newest),
                now: { Timestamp(milliseconds: Timestamp.now().milliseconds + ahead) }
            ),
            archive: store.archive,
            orders: store.orders,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(router, store))
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        loops.stop()
        loops.join()
        return try outcome.get()
    }

    static func tell(
        _ router: Router,
        _ action: String,
        _ topic: String,
        _ data: JSON = [:]
    ) async throws -> JSON {
        let ask = Ask(
            action: action,
            topic: try TopicID(topic),
            fields: ["data": data],
            principal: staff
        )
        return try await router.perform(ask)
    }

    func fill(_ skus: [String], _ quantity: Int64) async throws {
        try await with { router, _ in
            for sku in skus {
                let product: JSON = [
                    "title": .string(sku), "description": "", "image": "", "active": true,
                    "price": ["amount": 500, "currency": "EUR"],
                ]
                _ = try await Self.tell(router, "put", "product:\(sku)", product)
                let pieces: JSON = ["quantity": .int(quantity)]
                _ = try await Self.tell(router, "receive", "item:\(sku)", pieces)
            }
        }
    }
}
