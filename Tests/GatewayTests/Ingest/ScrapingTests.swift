import Gateway
import Hub
import Logging
import Synchronization
import Testing
import TimeSeries

@Suite("Scraping")
struct ScrapingTests {
    private static func target(
        _ change: (inout ScrapeTarget) -> Void = { _ in }
    ) throws -> ScrapeTarget {
        var target = try #require(ScrapeTarget(url: "http://web-1:9100/metrics", job: "node"))
        change(&target)
        return target
    }

    private static func text(_ text: String) -> Result<ScrapeText, ScrapeFailure> {
        .success(ScrapeText(bytes: Array(text.utf8), contentType: "text/plain; version=0.0.4"))
    }

    /// Scrapes once for each answer, a second apart; gives the lines of each scrape.
    private static func scrape(
        _ target: ScrapeTarget,
        _ answers: [Result<ScrapeText, ScrapeFailure>]
    ) async -> [[String]] {
        let intake = RecordingIntake()
        let scraper = Scraper(
            [],
            source: ScriptedScrapeSource(answers),
            intake: intake,
            instruments: IngestInstruments(),
            now: { Timestamp(milliseconds: 1000) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        var memory = TargetMemory(target)
        let grid = ScrapeGrid(interval: 1_000_000, key: "")
        var all: [[String]] = []
        for number in answers.indices {
            // Late by less than the grid forgives.
            _ = await scraper.scrapeOnce(target, grid, Int64(1000 - number), &memory)
            all.append(intake.takeLines().filter { !$0.contains("scrape_duration_seconds") })
        }
        return all
    }

    private static let job = #"{instance="web-1:9100", job="node"}"#

    @Test("A scrape brings its samples, with the target's labels, and what became of it")
    func scrape() async throws {
        let lines = await Self.scrape(try Self.target(), [Self.text("a 1\nb{job=\"x\"} 2 77\n")])
        #expect(
            lines == [
                [
                    "a\(Self.job) 1.0 1000",
                    #"b{exported_job="x", instance="web-1:9100", job="node"} 2.0 77"#,
                    "scrape_samples_post_metric_relabeling\(Self.job) 2.0 1000",
                    "scrape_samples_scraped\(Self.job) 2.0 1000",
                    "scrape_series_added\(Self.job) 1.0 1000",
                    "up\(Self.job) 1.0 1000",
                ]
            ]
        )
    }

    @Test("A series that does not come again ends, and so do all when the target is down")
    func stale() async throws {
        let lines = await Self.scrape(
            try Self.target(),
            [
                Self.text("a 1\nb 1\nc 1 5\n"), Self.text("a 2\n"), .failure(.status(500)),
                .failure(.unreachable("down")), Self.text("a 3\n"),
            ]
        )
        let own = lines.map { $0.filter { !$0.contains("scrape_") } }
        #expect(
            own == [
                [
                    "a\(Self.job) 1.0 1000", "b\(Self.job) 1.0 1000", "c\(Self.job) 1.0 5",
                    "up\(Self.job) 1.0 1000",
                ],
                ["a\(Self.job) 2.0 999", "b\(Self.job) stale 999", "up\(Self.job) 1.0 999"],
                ["a\(Self.job) stale 998", "up\(Self.job) 0.0 998"],
                ["up\(Self.job) 0.0 997"],
                ["a\(Self.job) 3.0 996", "up\(Self.job) 1.0 996"],
            ]
        )
        #expect(lines[4].contains("scrape_series_added\(Self.job) 1.0 996"))
    }

    @Test("A malformed answer, or one with too many series, counts as down")
    func failed() async throws {
        let target = try Self.target { $0.seriesMaximum = 2 }
        let lines = await Self.scrape(
            target,
            [
                Self.text("a 1\nb\n"), Self.text("a 1\nb 1\nc 1\n"),
                .success(
                    ScrapeText(
                        bytes: Array("a 1\n".utf8),
                        contentType: "application/openmetrics-text; version=1.0.0"
                    )
                ),
            ]
        )
        for (number, scrape) in lines.enumerated() {
            #expect(scrape.contains("up\(Self.job) 0.0 \(1000 - number)"))
            #expect(!scrape.contains { $0.hasPrefix("a{") })
        }
    }

    @Test("Metrics are kept and dropped by name")
    func filter() async throws {
        let text = #"{"url":"http://web-1:9100/","job":"node","keep":"a.*|b","drop":"abc"}"#
        let target = try #require(ScrapeTarget(text: text))
        let lines = await Self.scrape(target, [Self.text("a 1\nab 1\nabc 1\nb 1\nbb 1\nc 1\n")])
        let names = lines[0].filter { !$0.contains("scrape_") }.map { $0.prefix { $0 != "{" } }
            .sorted()
        #expect(names == ["a", "ab", "b", "up"])
        #expect(lines[0].contains("scrape_samples_scraped\(Self.job) 6.0 1000"))
        #expect(lines[0].contains("scrape_samples_post_metric_relabeling\(Self.job) 3.0 1000"))
    }

    @Test("Series are kept and dropped by what their labels say together")
    func relabel() async throws {
        let text = #"""
            {"url":"http://web-1:9100/","job":"node","relabel":[
            {"source":["__name__","code"],"regex":"hits;5..","action":"drop"},
            {"source":["job","path"],"separator":"@","regex":"node@(/a.*)?","action":"keep"}]}
            """#
        let target = try #require(ScrapeTarget(text: text))
        let lines = await Self.scrape(
            target,
            [
                Self.text(
                    #"""
                    hits{code="200",path="/a/b"} 1
                    hits{code="500",path="/a"} 1
                    hits{code="5000",path="/a"} 1
                    hits{code="200",path="/b"} 1
                    misses{code="500"} 1

                    """#
                )
            ]
        )
        let kept = lines[0].filter { !$0.contains("scrape_") && !$0.hasPrefix("up") }
        #expect(
            kept.map { $0.prefix { $0 != "," } }.sorted()
                == [#"hits{code="200""#, #"hits{code="5000""#, #"misses{code="500""#]
        )
        #expect(lines[0].contains("scrape_samples_post_metric_relabeling\(Self.job) 3.0 1000"))
        #expect(ScrapeTarget(text: target.text)?.text == target.text)
    }

    @Test("The right to scrape is kept up between scrapes")
    func entitlement() async throws {
        let asked = Mutex(0)
        let scraper = Scraper(
            [try Self.target { $0.interval = .seconds(3600) }],
            source: ScriptedScrapeSource([]),
            intake: RecordingIntake(),
            instruments: IngestInstruments(),
            now: { Timestamp(milliseconds: 1000) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            isEntitled: {
                asked.withLock { $0 += 1 }
                return true
            },
            entitlementPeriod: .milliseconds(5)
        )
        let running = Task { await scraper.run() }
        for _ in 0..<2_000 where asked.withLock({ $0 }) < 3 {
            try await Task.sleep(for: .milliseconds(5))
        }
        running.cancel()
        await running.value
        #expect(asked.withLock { $0 } >= 3)
    }

    @Test("Scrapes are on a grid that a target always has, and others have another")
    func grid() {
        let grid = ScrapeGrid(interval: 15_000, key: "http://a/metrics")
        #expect(grid == ScrapeGrid(interval: 15_000, key: "http://a/metrics"))
        #expect(grid.shift != ScrapeGrid(interval: 15_000, key: "http://b/metrics").shift)
        #expect((0..<15_000).contains(grid.shift))
        for time in [Int64(0), 1, grid.shift, grid.shift + 1, -20_000, 1_795_400_000_123] {
            let next = grid.next(after: time)
            #expect(next > time && next <= time + 15_000)
            #expect((next - grid.shift) % 15_000 == 0)
        }
        #expect(grid.snap(1100, due: 1000) == 1000)
        #expect(grid.snap(1151, due: 1000) == 1151)
    }

    @Test("A target is an address, or an object that says more")
    func configuration() throws {
        let plain = try #require(ScrapeTarget(text: "https://web-1/metrics"))
        #expect(plain.labels.map(\.value) == ["web-1:443", "scrape"])
        #expect(plain.interval == .seconds(15))
        let target = try #require(
            ScrapeTarget(
                text: #"""
                    {"url":"http://[::1]:9100/metrics","job":"node","interval":"5s",
                    "keep":"node_.*","honor-timestamps":"false",
                    "labels":{"env":"test","instance":"one"}}
                    """#
            )
        )
        #expect(target.interval == .seconds(5))
        #expect(target.timeout == .seconds(5))
        #expect(!target.honorsTimestamps)
        #expect(target.labels.map(\.name) == ["env", "instance", "job"])
        #expect(target.labels.map(\.value) == ["test", "one", "node"])
        #expect(ScrapeTarget(text: target.text)?.text == target.text)
    }

    @Test(
        "What is no target is none",
        arguments: [
            "", "web-1", "ftp://a/", "http://", "http://:9100/", "{", "{}", #"{"url":"a"}"#,
            #"{"url":"http://a/","interval":"0s"}"#, #"{"url":"http://a/","interval":15}"#,
            #"{"url":"http://a/","interval":"5s","timeout":"6s"}"#,
            #"{"url":"http://a/","keep":"("}"#,
            #"{"url":"http://a/","relabel":{}}"#, #"{"url":"http://a/","relabel":[{}]}"#,
            #"{"url":"http://a/","relabel":[{"source":["a"],"regex":"(","action":"keep"}]}"#,
            #"{"url":"http://a/","relabel":[{"source":[],"regex":"a","action":"keep"}]}"#,
            #"{"url":"http://a/","relabel":[{"source":["a"],"regex":"a","action":"hash"}]}"#,
            #"{"url":"http://a/","keep":1}"#, #"{"url":"http://a/","labels":{"a":1}}"#,
            #"{"url":"http://a/","lables":{}}"#, #"{"url":"http://a/","honor-timestamps":"maybe"}"#,
        ]
    )
    func noTarget(_ text: String) {
        #expect(ScrapeTarget(text: text) == nil)
    }

    @Test("By HTTP, OpenMetrics is asked for, and what is answered comes back")
    func overHTTP() async throws {
        let listener = try LoopbackListener()
        let target = try #require(ScrapeTarget(url: "http://127.0.0.1:\(listener.port)/metrics"))
        let source = HTTPScrapeSource(version: "test")
        async let heads = onOwnThread { try Self.serve(listener) }
        let text = try await source.fetch(target)
        #expect(text.bytes == Array("a 1\n".utf8))
        #expect(text.contentType == "text/plain; version=0.0.4")
        await #expect(throws: ScrapeFailure.status(500)) { try await source.fetch(target) }
        let head = try #require(await heads.first)
        #expect(head.contains("ccept: application/openmetrics-text;version=1.0.0,"))
        #expect(head.contains("X-Prometheus-Scrape-Timeout-Seconds: 10.0"))
        #expect(head.contains("User-Agent: Martlet/test"))
        await source.shutdown()
    }

    /// Answers two requests, each on a connection of its own; gives their heads.
    private static func serve(_ listener: LoopbackListener) throws -> [String] {
        let answers = [
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: 4\r\n",
            "HTTP/1.1 500 No\r\nContent-Length: 0\r\n",
        ]
        return try zip(answers, ["a 1\n", ""]).map { answer, body in
            let socket = BlockingSocket(try listener.next())
            let head = try socket.head()
            try socket.send(answer + "Connection: close\r\n\r\n" + body)
            return head
        }
    }
}
