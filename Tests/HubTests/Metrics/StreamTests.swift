import Hub
import Logging
import Testing
import TimeSeries

@Suite("Streams")
struct StreamTests {
    private static let start: Int64 = 1_795_400_000_000

    private let clock = HandClock(start)
    private let journal = InMemoryJournal()
    private let archive = InMemoryMetricArchive()

    private func router() -> Router {
        Router(
            lanes: [QueueLane()],
            surroundings: Surroundings(
                journal: journal,
                ids: RecordIDs(node: .random(in: 0..<1024)),
                now: { [clock] in clock.time }
            ),
            archive: InMemoryChatArchive { [clock] in clock.time },
            streams: StreamSurroundings(archive: archive),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    private func keeper(_ router: Router) -> MetricKeeper {
        MetricKeeper(
            shards: router.shards,
            archive: archive,
            retention: MetricRetention(),
            now: { [clock] in clock.time },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    /// A sample a second of some series, whose values say which and when.
    private func push(_ count: Int, to router: Router) async throws {
        for _ in 0..<count {
            clock.advance(by: 1000)
            var batches = ShardBatches()
            for host in 0..<5 {
                let labels = Labels([(Labels.nameLabel, "cpu"), ("host", "h\(host)")])
                batches.begin(series: labels.bytes.span.bytes)
                let at = clock.time.milliseconds
                batches.append(Sample(at: at, value: Double(host * 1_000_000) + Double(at % 9973)))
            }
            let outcome = try await router.shards.push(batches.finish(), by: .hub)
            #expect(outcome.accepted == 5)
        }
    }

    private func read(_ text: String, _ router: Router) async throws -> [SeriesColumns] {
        let range = try QueryRange(at: clock.time.milliseconds)
        let selection = try #require(PromQuery.parse(text).selections(over: range).first)
        return try await router.metrics.series(selection)
    }

    private func expectAll(_ count: Int, _ found: [SeriesColumns]) {
        #expect(found.count == 5)
        for series in found {
            let host = Double(series.labels["host"]?.dropFirst() ?? "") ?? -1
            let times = (1...count).map { Self.start + Int64($0) * 1000 }
            #expect(series.times == times)
            #expect(series.values == times.map { host * 1_000_000 + Double($0 % 9973) })
        }
    }

    @Test("What was pushed is found in memory, once it is put away, and after a restart")
    func found() async throws {
        let router = router()
        try await push(1300, to: router)
        expectAll(1300, try await read("cpu[2h]", router))
        await keeper(router).keep(isSweeping: true)
        #expect(archive.count > 0)
        expectAll(1300, try await read("cpu[2h]", router))
        let restarted = self.router()
        expectAll(1300, try await read("cpu[2h]", restarted))
        await keeper(restarted).keep(isSweeping: true)
        expectAll(1300, try await read("cpu[2h]", restarted))
    }

    @Test("A selector finds the series that it names and no others")
    func selectors() async throws {
        let router = router()
        try await push(2, to: router)
        #expect(try await read(#"cpu{host="h3"}"#, router).map { $0.labels["host"] } == ["h3"])
        #expect(try await read(#"cpu{host=~"h[01]"}"#, router).count == 2)
        #expect(try await read("memory", router).isEmpty)
    }

    @Test("A push says how many samples were taken, and why others were not")
    func refusals() async throws {
        let router = router()
        let late: JSON = ["labels": ["host": "a"], "value": 1, "at": .int(Self.start - 1000)]
        let far: JSON = ["labels": ["host": "a"], "value": 1, "at": .int(Self.start + 3_600_000)]
        let fields: JSON = ["data": ["samples": [late, far]]]
        let reply = try await router.perform(
            Ask(
                action: "push",
                topic: TopicID("stream:cpu"),
                fields: fields,
                principal: Principal(user: "ada", isGuest: false, grants: .everything)
            )
        )
        #expect(reply["accepted"]?.int == 1)
        #expect(reply["refused"]?.int == 1)
        #expect(reply["message"]?.string?.contains("too_far_in_future") == true)
    }

    @Test("A shard's own topic is nobody's stream")
    func shardsAreHidden() async throws {
        let router = router()
        await #expect(throws: Rejection.self) {
            _ = try await router.perform(
                Ask(
                    action: "stock",
                    topic: TopicID("stream:~0"),
                    fields: [:],
                    principal: Principal(user: "ada", isGuest: false, grants: .everything)
                )
            )
        }
    }
}
