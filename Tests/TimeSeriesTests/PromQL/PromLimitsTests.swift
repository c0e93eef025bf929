import Testing

@testable import TimeSeries

@Suite("PromQL: what a query may cost")
struct PromLimitsTests {
    @Test(
        "What nests too deep is refused",
        arguments: [
            String(repeating: "(", count: 30_000), String(repeating: "-", count: 30_000) + "1",
            String(repeating: "abs(", count: 10_000),
            "a" + String(repeating: "[1m:]", count: 10_000),
            "1" + String(repeating: "+1", count: 30_000),
            "1" + String(repeating: "^1", count: 30_000),
            "a{b=~\"" + String(repeating: "(", count: 30_000) + "\"}",
        ]
    )
    func nesting(text: String) {
        #expect(throws: PromQLError.self) { try PromQuery.parse(text) }
    }

    @Test("What nests just deep enough is evaluated")
    func deepest() throws {
        let depth = PromParser.depthMaximum - 1
        let text = "1" + String(repeating: "+1", count: depth)
        let value = try PromQuery.parse(text).evaluate([], over: QueryRange(at: 0))
        #expect(value.line == "\(Double(depth + 1))")
        let nested =
            String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        #expect(try PromQuery.parse(nested).evaluate([], over: QueryRange(at: 0)).line == "1.0")
    }

    @Test("A query has so many selectors at the most, however they nest")
    func selectors() throws {
        func tree(_ levels: Int) -> String {
            levels == 0 ? "a" : "(\(tree(levels - 1))+\(tree(levels - 1)))"
        }
        _ = try PromQuery.parse(tree(8))
        #expect(throws: PromQLError.self) { try PromQuery.parse(tree(9)) }
    }

    @Test("Lists of labels have 256 names, selectors 64 matchers, and queries 64 patterns")
    func lists() throws {
        func names(_ count: Int) -> String {
            (0..<count).map { "l\($0)" }.joined(separator: ",")
        }
        func selector(_ count: Int, _ sign: String) -> String {
            let matchers = (0..<count).map { "l\($0)\(sign)\"x\"" }
            return "a{\(matchers.joined(separator: ","))}"
        }
        for text in [
            "sum by (\(names(256))) (a)", "a + on(\(names(256))) b", selector(64, "="),
            selector(32, "=~") + " + " + selector(32, "!~"),
        ] {
            _ = try PromQuery.parse(text)
        }
        for text in [
            "sum by (\(names(257))) (a)", "a + on(\(names(257))) b",
            "a + on() group_left(\(names(257))) b", selector(65, "="),
            selector(32, "=~") + " + " + selector(33, "!~"),
        ] {
            #expect(throws: PromQLError.self) { try PromQuery.parse(text) }
        }
    }

    @Test("A label that a query makes has 4,096 bytes at the most")
    func labelValues() throws {
        let store = try ScanningStore([SeriesNotation("x{a=\"0123456789abcdef\"}", "1x10")])
        func join(_ count: Int) -> String {
            let sources = Array(repeating: #""a""#, count: count).joined(separator: ", ")
            return #"label_join(x, "a", "", "# + sources + ")"
        }
        func replace(_ count: Int) -> String {
            #"label_replace(x, "a", ""# + String(repeating: "$1", count: count)
                + #"", "a", "(.*)")"#
        }
        _ = try store.evaluate(join(256), at: 0)
        _ = try store.evaluate(replace(256), at: 0)
        for (text, name) in [(join(257), "label_join"), (replace(257), "label_replace")] {
            let message = "label value longer than 4096 bytes in \(name)()"
            #expect(throws: PromQLError(.execution, message)) {
                try store.evaluate(text, at: 0)
            }
        }
    }

    @Test("A query's text has a longest length")
    func length() throws {
        let text = "1 #" + String(repeating: "x", count: PromQuery.textBytesMaximum - 3)
        _ = try PromQuery.parse(text)
        #expect(throws: PromQLError.self) { try PromQuery.parse(text + "x") }
    }

    @Test("A series has 11,000 points at the most")
    func points() throws {
        _ = try QueryRange(from: 0, through: 11_000, step: 1)
        #expect(throws: PromQLError.self) { try QueryRange(from: 0, through: 11_001, step: 1) }
        #expect(throws: PromQLError.self) { try QueryRange(from: 0, through: 1, step: 0) }
        #expect(throws: PromQLError.self) { try QueryRange(from: 1, through: 0, step: 1) }
        #expect(throws: PromQLError.self) { try QueryRange(at: .max) }
        #expect(throws: PromQLError.self) {
            try QueryRange(from: .min, through: .max, step: 1)
        }
    }

    @Test(
        "A subquery with more steps than memory is refused before they are made",
        arguments: ["sum_over_time(vector(1)[200y:1ms])", "count_over_time(x[292y:1ms])"]
    )
    func steps(text: String) throws {
        let store = try ScanningStore([SeriesNotation("x", "1x10")])
        #expect(throws: PromQLError.self) { try store.evaluate(text, at: 60_000) }
    }

    @Test("Samples are counted, those that are computed in between too")
    func samples() throws {
        let series = SeriesColumns(
            labels: Labels([("__name__", "x")]),
            times: (0..<1000).map { Int64($0) },
            values: Array(repeating: 1, count: 1000)
        )
        var limits = QueryLimits()
        limits.samples = 2500
        let range = try QueryRange(from: 0, through: 999, step: 1)
        let one = try PromQuery.parse("x")
        _ = try one.evaluate([[series]], over: range, limits: limits)
        let two = try PromQuery.parse("x + on() x")
        #expect(throws: PromQLError.self) {
            try two.evaluate([[series], [series]], over: range, limits: limits)
        }
        limits.samples = 50_000
        limits.visits = 1000
        let windows = try PromQuery.parse("sum_over_time(x[1s])")
        #expect(throws: PromQLError.self) {
            try windows.evaluate([[series]], over: range, limits: limits)
        }
    }

    @Test("Rows that a match makes are counted, where one series has many partners")
    func partners() throws {
        let times = (0..<100).map { Int64($0) }
        let many = SeriesColumns(
            labels: Labels([("__name__", "x")]),
            times: times,
            values: Array(repeating: 1, count: 100)
        )
        // Each is there at one step only.
        let one = times.map { time in
            SeriesColumns(
                labels: Labels([("__name__", "y"), ("n", "\(time)")]),
                times: [time, time + 1],
                values: [1, Sample.staleMarker]
            )
        }
        let query = try PromQuery.parse("x * on() group_left(n) y")
        let range = try QueryRange(from: 0, through: 99, step: 1)
        var limits = QueryLimits()
        limits.samples = 40_000
        _ = try query.evaluate([[many], one], over: range, limits: limits)
        limits.samples = 15_000
        #expect(throws: PromQLError.self) {
            try query.evaluate([[many], one], over: range, limits: limits)
        }
    }

    @Test("A query that nobody waits for ends")
    func expiry() throws {
        let series = SeriesColumns(
            labels: Labels([("__name__", "x")]),
            times: (0..<10_000).map { Int64($0) },
            values: Array(repeating: 1, count: 10_000)
        )
        let query = try PromQuery.parse("max_over_time(x[1s])")
        let range = try QueryRange(from: 0, through: 9_999, step: 1)
        _ = try query.evaluate([[series]], over: range)
        var questions = 0
        #expect(throws: PromQLError.self) {
            try query.evaluate([[series]], over: range) {
                questions += 1
                return questions == 3
            }
        }
        #expect(questions == 3)
    }

    @Test("The furthest times and the longest durations don't overflow")
    func extremes() throws {
        let store = try ScanningStore([SeriesNotation("x", "1x10")])
        let far: Int64 = 9_007_199_254_740_992
        for time in [-far, far, 0] {
            for text in [
                "rate(x[292y] offset 292y)", "x offset -292y", "x @ 9007199254740",
                "sum_over_time(x[1y:292y] @ -9007199254740 offset 292y)",
                "max_over_time(x[292y:1y] offset -292y)", "x @ start() offset -292y",
            ] {
                var range = try QueryRange(at: time)
                range.lookback = .max
                _ = try store.evaluate(text, over: range)
            }
        }
    }
}
