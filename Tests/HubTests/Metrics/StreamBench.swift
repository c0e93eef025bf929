import Hub
import Logging
import TimeSeries

/// A router for streams with a clock that is moved by hand, and what tests ask of it.
final class StreamBench: Sendable {
    static let start: Int64 = 1_795_400_000_000

    let clock = HandClock(start)
    let archive = InMemoryMetricArchive()
    let lane = QueueLane()
    let router: Router
    private let retention: MetricRetention

    init(retention: MetricRetention = MetricRetention()) {
        self.retention = retention
        router = Router(
            lanes: [lane],
            surroundings: Surroundings(
                journal: InMemoryJournal(),
                ids: RecordIDs(node: .random(in: 0..<1024)),
                now: { [clock] in clock.time }
            ),
            archive: InMemoryChatArchive { [clock] in clock.time },
            streams: StreamSurroundings(archive: archive, retention: retention),
            logger: Self.silent
        )
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private var ada: Principal { Principal(user: "ada", isGuest: false, grants: .everything) }

    /// One round of putting away.
    func keep() async {
        await MetricKeeper(
            shards: router.shards,
            archive: archive,
            retention: retention,
            now: { [clock] in clock.time },
            logger: Self.silent
        ).keep(isSweeping: true)
    }

    func push(
        _ name: String,
        _ labels: JSON = [:],
        _ value: Double,
        at: Int64? = nil
    ) async throws {
        let at = at ?? clock.time.milliseconds
        let sample: JSON = ["labels": labels, "value": .double(value), "at": .int(at)]
        _ = try await ask("push", "stream:\(name)", ["data": ["samples": [sample]]])
    }

    func ask(_ action: String, _ topic: String, _ fields: JSON) async throws -> JSON {
        try await router.perform(
            Ask(action: action, topic: try TopicID(topic), fields: fields, principal: ada)
        )
    }

    /// Answers when the member has joined, with what it is told.
    func join(
        _ topic: String,
        _ seats: RecordingSeats,
        connection: UInt64 = 1,
        conflates: Bool = false
    ) async throws -> JSON {
        let join = Join(
            connection: ConnectionID(connection),
            principal: ada,
            lane: lane,
            seats: seats,
            dialect: PlainDialect(),
            announces: false,
            conflates: conflates,
            fields: ["window": 60_000]
        )
        let id = try TopicID(topic)
        let outcome = await withCheckedContinuation { continuation in
            router.submit(join, to: id) { continuation.resume(returning: $0) }
        }
        return try JSONParser.parse(try outcome.get().reply.encoded())
    }
}
