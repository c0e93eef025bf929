import Hub
import Logging
import Synchronization

/// Items and products on one manual lane, with everything in memory and a clock moved by hand.
final class StockBench {
    let lane = ManualLane()
    let journal: InMemoryJournal
    let router: Router
    private let clock = Box<Timestamp>()

    init(
        settings: TopicSettings = TopicSettings(),
        journal: InMemoryJournal = InMemoryJournal(),
        wrapping wrap: (InMemoryJournal) -> any Journal = { $0 }
    ) {
        self.journal = journal
        clock.put(Timestamp(milliseconds: 1_795_400_000_000))
        router = Router(
            lanes: [lane],
            surroundings: Surroundings(
                journal: wrap(journal),
                ids: RecordIDs(node: 1),
                now: { [clock] in clock.value ?? Timestamp(milliseconds: 0) },
                settings: settings
            ),
            archive: InMemoryChatArchive { Timestamp(milliseconds: 0) },
            stock: InMemoryStockArchive(journal: journal),
            products: InMemoryProductArchive(journal: journal),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    func pass(_ time: Duration) {
        let now = clock.value?.milliseconds ?? 0
        clock.put(Timestamp(milliseconds: now + time.milliseconds))
    }

    static func ask(
        _ action: String,
        _ topic: String?,
        _ fields: JSON = [:],
        key: String? = nil,
        by user: String = "ada",
        isStaff: Bool = false
    ) throws -> Ask {
        let grants = isStaff ? Grants.staff : .everything
        return Ask(
            action: action,
            topic: try topic.map { try TopicID($0) },
            fields: fields,
            key: key,
            principal: Principal(user: user, isGuest: false, grants: grants)
        )
    }

    /// Submits all at once; gives the answers in the same order.
    func perform(_ asks: [Ask]) async -> [Result<JSON, Rejection>] {
        let boxes = asks.map { ask in
            let box = Box<Result<JSON, Rejection>>()
            router.submit(ask, .caller { box.put($0) })
            return box
        }
        _ = await lane.run { boxes.allSatisfy { $0.value != nil } }
        return boxes.map { $0.value ?? .failure(.unavailable) }
    }

    func staff(_ action: String, _ data: JSON, on topic: String = "item:a") async throws -> JSON {
        let ask = try Self.ask(action, topic, ["data": data], by: "clerk", isStaff: true)
        return try await perform([ask])[0].get()
    }

    func user(
        _ action: String,
        _ data: JSON = [:],
        by user: String = "ada",
        on topic: String = "item:a"
    ) async throws -> JSON {
        try await perform([Self.ask(action, topic, ["data": data], by: user)])[0].get()
    }

    /// Has the items look after expired holds.
    func sweep() async -> Int? {
        let box = Box<Int>()
        let work = Task { [router] in
            box.put((try? await router.expireHolds(limit: 256)) ?? -1)
        }
        _ = await lane.run { box.value != nil }
        work.cancel()
        return box.value
    }
}
