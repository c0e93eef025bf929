import Hub
import Logging
import Synchronization

extension TopicSettings {
    /// Of a node of a cluster.
    static var shared: TopicSettings {
        var settings = TopicSettings()
        settings.isShared = true
        return settings
    }
}

/// A router on one manual lane with a journal and an archive in memory: what topic tests stand on.
final class TopicBench {
    let lane = ManualLane()
    let journal: InMemoryJournal
    let router: Router
    private let answers = Answered()
    private var asked = 0

    init(
        settings: TopicSettings = TopicSettings(),
        journal: InMemoryJournal = InMemoryJournal(),
        peers: (any Peers)? = nil,
        wrapping wrap: (InMemoryJournal) -> any Journal = { $0 }
    ) {
        self.journal = journal
        router = Router(
            lanes: [lane],
            surroundings: Surroundings(
                journal: wrap(journal),
                ids: RecordIDs(node: .random(in: 0..<1024)),
                now: { Timestamp(milliseconds: 1_795_400_000_000) },
                settings: settings,
                peers: peers
            ),
            archive: InMemoryChatArchive { Timestamp(milliseconds: 1_795_400_000_000) },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    static func principal(_ user: String) -> Principal {
        Principal(user: user, isGuest: false, grants: .everything)
    }

    /// Queues a command and returns the number under which its answer will be found.
    func submit(
        _ action: String,
        to topic: String = "room:general",
        _ data: JSON = [:],
        key: String? = nil,
        by user: String = "ada",
        connection: UInt64? = nil
    ) throws -> Int {
        asked += 1
        let number = asked
        let ask = Ask(
            action: action,
            topic: try TopicID(topic),
            fields: ["data": data],
            key: key,
            principal: Self.principal(user),
            connection: connection.map { ConnectionID($0) }
        )
        router.submit(ask, .caller { [answers] outcome in answers.put(outcome, for: number) })
        return number
    }

    func answer(_ number: Int) -> Result<JSON, Rejection>? {
        answers[number]
    }

    /// Carries a command out and gives its answer; nil when none came.
    func perform(
        _ action: String,
        to topic: String = "room:general",
        _ data: JSON = [:],
        key: String? = nil,
        by user: String = "ada"
    ) async throws -> Result<JSON, Rejection>? {
        let number = try submit(action, to: topic, data, key: key, by: user)
        _ = await lane.run { answer(number) != nil }
        return answer(number)
    }

    /// How many messages the room says it has; nil when it doesn't answer.
    func messageCount() async throws -> Int64? {
        guard case .success(let reply) = try await perform("room") else { return nil }
        return try JSONParser.parse(reply.encoded())["room"]?["messageCount"]?.int
    }

    /// A page of a topic's log. Asked for and awaited while the lane runs beside it.
    func log(
        of topic: String,
        after: Int64,
        limit: Int64,
        by user: String
    ) async throws -> Result<JSON, Rejection> {
        let ask = Ask(
            action: "log",
            topic: try TopicID(topic),
            fields: ["after": .int(after), "limit": .int(limit)],
            principal: Self.principal(user)
        )
        let outcome = Box<Result<JSON, Rejection>>()
        router.submit(ask, .caller { outcome.put($0) })
        _ = await lane.run { outcome.value != nil }
        return outcome.value ?? .failure(.unavailable)
    }

    /// Joins and gives the outcome; nil when none came.
    func join(
        _ topic: String = "room:general",
        connection: UInt64,
        user: String,
        seats: RecordingSeats,
        announces: Bool = false
    ) async throws -> Result<JoinOutcome, Rejection>? {
        let outcome = try beginJoin(
            topic,
            connection: connection,
            user: user,
            seats: seats,
            announces: announces
        )
        _ = await lane.run { outcome.value != nil }
        return outcome.value
    }

    /// Asks to join; the outcome is put into the box when there is one.
    func beginJoin(
        _ topic: String = "room:general",
        connection: UInt64,
        user: String,
        seats: RecordingSeats,
        announces: Bool = false,
        since: Position? = nil
    ) throws -> Box<Result<JoinOutcome, Rejection>> {
        let outcome = Box<Result<JoinOutcome, Rejection>>()
        let join = Join(
            connection: ConnectionID(connection),
            principal: Self.principal(user),
            lane: lane,
            seats: seats,
            dialect: PlainDialect(),
            announces: announces,
            since: since
        )
        router.submit(join, to: try TopicID(topic)) { outcome.put($0) }
        return outcome
    }

    func leave(_ topic: String = "room:general", connection: UInt64, isAbrupt: Bool) async throws {
        let leave = Leave(connection: ConnectionID(connection), isAbrupt: isAbrupt)
        router.submit(leave, to: try TopicID(topic))
        // A question behind it in the queue: once it is answered, the leave was taken up.
        _ = try await perform("presence", to: topic)
    }
}

/// The answers so far, by the number of their question.
private final class Answered: Sendable {
    private let stored = Mutex<[Int: Result<JSON, Rejection>]>([:])

    subscript(number: Int) -> Result<JSON, Rejection>? { stored.withLock { $0[number] } }

    func put(_ outcome: Result<JSON, Rejection>, for number: Int) {
        stored.withLock { $0[number] = outcome }
    }
}

/// A value that arrives later, from any thread.
final class Box<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? { stored.withLock { $0 } }

    func put(_ value: Value) { stored.withLock { $0 = value } }
}
