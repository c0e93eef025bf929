import Testing

@testable import TimeSeries

@Suite("PromQL: answers")
struct PromEvaluationTests {
    private static let series = [
        SeriesNotation("up{job=\"a\"}", "1x10"),
        SeriesNotation("up{job=\"b\"}", "1 1 0 stale _ _ 1x4"),
        SeriesNotation("requests{job=\"a\",instance=\"0\"}", "0+60x10"),
        SeriesNotation("requests{job=\"a\",instance=\"1\"}", "0+30x4 0+30x5"),
        SeriesNotation("requests{job=\"b\",instance=\"0\"}", "0+6x10"),
        SeriesNotation("limit{job=\"a\"}", "100x10"),
        SeriesNotation("limit{job=\"b\"}", "200x10"),
    ]

    @Test(
        "An instant query has the value of each series at its time",
        arguments: [
            ("up", 60, #"up{job="a"} 1.0, up{job="b"} 1.0"#),
            // The stale marker ends a series at once, and not after five minutes.
            ("up", 180, #"up{job="a"} 1.0"#),
            ("up", 181, #"up{job="a"} 1.0"#),
            ("up offset 1m", 180, #"up{job="a"} 1.0, up{job="b"} 0.0"#),
            ("up @ 120", 600, #"up{job="a"} 1.0, up{job="b"} 0.0"#),
            // The lookback includes both its ends.
            ("limit{job='a'}", 900, #"limit{job="a"} 100.0"#),
            ("limit{job='a'}", 901, ""),
            ("sum(requests)", 60, "{} 96.0"),
            ("sum by (job) (requests)", 60, #"{job="a"} 90.0, {job="b"} 6.0"#),
            ("sum without (instance) (requests)", 60, #"{job="a"} 90.0, {job="b"} 6.0"#),
            ("topk(1, requests)", 60, #"requests{instance="0", job="a"} 60.0"#),
            (
                "sort_desc(requests > 10)", 60,
                #"requests{instance="0", job="a"} 60.0, requests{instance="1", job="a"} 30.0"#
            ),
            ("count_values(\"v\", up)", 60, #"{v="1"} 2.0"#),
            (
                "requests / on(job) group_left limit", 60,
                """
                {instance="0", job="a"} 0.6, {instance="1", job="a"} 0.3, \
                {instance="0", job="b"} 0.03
                """
            ),
            ("up and on(job) limit > 150", 60, #"up{job="b"} 1.0"#),
            ("up unless on(job) limit > 150", 60, #"up{job="a"} 1.0"#),
            ("absent(nothing{job=\"x\",a!=\"b\"})", 60, #"{job="x"} 1.0"#),
            ("absent(up)", 60, ""),
            (
                "increase(requests{instance=\"0\",job=\"a\"}[5m])", 300,
                #"{instance="0", job="a"} 300.0"#
            ),
            ("irate(requests{instance=\"1\"}[5m])", 300, #"{instance="1", job="a"} 0.0"#),
            ("resets(requests{instance=\"1\"}[10m])", 600, #"{instance="1", job="a"} 1.0"#),
            ("scalar(limit{job=\"a\"}) * 2", 60, "200.0"),
            ("time()", 61, "61.0"),
            ("timestamp(limit{job='a'})", 61, #"{job="a"} 60.0"#),
            ("day_of_week() + hour() + minute()", 90, "{} 5.0"),
            ("year(vector(NaN))", 90, "{} nan"), ("year(vector(1e300))", 90, "{} nan"),
            (
                #"label_replace(up{job="a"}, "dst", "<$1-${rest}>", "job", "(a)(?P<rest>.*)")"#, 60,
                #"up{dst="<a->", job="a"} 1.0"#
            ),
            (
                #"label_join(limit{job="a"}, "dst", "-", "job", "none", "job")"#, 60,
                #"limit{dst="a--a", job="a"} 100.0"#
            ),
            ("max_over_time(sum(requests)[2m:1m])", 120, "{} 192.0"),
            ("-limit{job='a'}", 60, #"{job="a"} -100.0"#),
            (
                "requests{job='b'}[2m]", 120,
                #"requests{instance="0", job="b"} 0.0@0 6.0@60 12.0@120"#
            ),
        ]
    )
    func instant(text: String, seconds: Int64, line: String) throws {
        let store = try ScanningStore(Self.series)
        #expect(try store.evaluate(text, at: seconds * 1000).line == line)
    }

    @Test(
        "A range query has the value of each series at each step",
        arguments: [
            ("up{job='b'}", #"up{job="b"} 1.0@0 0.0@120 1.0@360"#),
            ("up{job='b'} == 0", #"up{job="b"} 0.0@120"#),
            ("7", "{} 7.0@0 7.0@120 7.0@240 7.0@360"),
            ("limit{job='b'} @ end()", #"limit{job="b"} 200.0@0 200.0@120 200.0@240 200.0@360"#),
            ("absent(up{job='b'})", #"{job="b"} 1.0@240"#),
            ("count(up)", "{} 2.0@0 2.0@120 1.0@240 2.0@360"),
            // Two series that become one where their values don't overlap.
            (
                "up{job='b'} or on() limit{job='a'}",
                #"limit{job="a"} 100.0@240, up{job="b"} 1.0@0 0.0@120 1.0@360"#
            ),
        ]
    )
    func range(text: String, line: String) throws {
        let store = try ScanningStore(Self.series)
        let range = try QueryRange(from: 0, through: 360_000, step: 120_000)
        #expect(try store.evaluate(text, over: range).line == line)
    }

    @Test(
        "What has more than one answer has none",
        arguments: [
            (
                "up + on() limit",
                #"found duplicate series for the match group {} on the right hand-side of the "#
                    + #"operation: [limit{job="b"}, limit{job="a"}];many-to-many matching not "#
                    + "allowed: matching labels must be unique on one side"
            ),
            (
                "requests + on(job) limit",
                "multiple matches for labels: many-to-one matching must be explicit "
                    + "(group_left/group_right)"
            ),
            (
                #"rate({__name__=~"up|limit"}[5m])"#,
                "vector cannot contain metrics with the same labelset"
            ),
            (
                #"label_replace(up, "job", "x", "job", ".*")"#,
                "vector cannot contain metrics with the same labelset"
            ),
            (
                #"label_replace(up, "a b", "x", "job", ".*")"#,
                "invalid destination label name in label_replace(): a b"
            ),
            (
                #"label_replace(up, "a", "x", "job", "(")"#,
                "invalid regular expression in label_replace(): ("
            ),
            ("topk(NaN, up)", "Scalar value NaN overflows int64"),
            (
                "holt_winters(up[5m], 1, 0.5)",
                "invalid smoothing factor. Expected: 0 < sf < 1, got: 1"
            ),
        ]
    )
    func ambiguous(text: String, message: String) throws {
        let store = try ScanningStore(Self.series)
        #expect(throws: PromQLError(.execution, message)) {
            try store.evaluate(text, at: 60_000)
        }
    }

    @Test("A range vector is no answer to a range query")
    func rangeVector() throws {
        let store = try ScanningStore(Self.series)
        let range = try QueryRange(from: 0, through: 60_000, step: 60_000)
        let message = """
            invalid expression type "range vector" for range query, must be Scalar or instant Vector
            """
        #expect(throws: PromQLError.query(message)) {
            try store.evaluate("up[5m]", over: range)
        }
    }

    @Test("A range query is as many instant queries")
    func steps() throws {
        let store = try ScanningStore(Self.series)
        for text in [
            "up", "rate(requests[3m])", "sum by (job) (rate(requests[3m]))", "up == 0",
            "requests / on(job) group_left limit", "max_over_time(requests[3m:1m] offset 1m)",
            "predict_linear(requests[4m], 60)", "quantile_over_time(0.3, requests[4m])",
            "count_values(\"v\", requests)", "bottomk(1, requests)", "up or limit",
            "absent(up{job='b'})", "timestamp(up)", "stddev(requests)", "requests @ 240 > 7",
            "sum_over_time(vector(time())[2m:30s])", "vector(time()) % 7",
        ] {
            let range = try QueryRange(from: 0, through: 900_000, step: 45_000)
            guard case .matrix(let series) = try store.evaluate(text, over: range) else {
                Issue.record("\(text) is no matrix")
                continue
            }
            for time in stride(from: range.start, through: range.end, by: 45_000) {
                guard case .vector(let elements) = try store.evaluate(text, at: time) else {
                    continue
                }
                let wanted = Set(elements.map { "\($0.labels) \($0.sample.value)" })
                let found = series.compactMap { series in
                    series.times.firstIndex(of: time).map {
                        "\(series.labels) \(series.values[$0])"
                    }
                }
                #expect(Set(found) == wanted, "\(text) at \(time)")
            }
        }
    }

    @Test("A selection asks for what is looked at, and says what for")
    func selections() throws {
        let text = "sum(rate(a{b=\"c\"}[5m] offset 1m)) + max_over_time(d[1h:10m]) + e @ end()"
        let range = try QueryRange(from: 3_600_000, through: 7_200_000, step: 60_000)
        let selections = try PromQuery.parse(text).selections(over: range)
        #expect(selections.map(\.from) == [3_240_000, -300_000, 6_900_000])
        #expect(selections.map(\.through) == [7_140_000, 7_200_000, 7_200_000])
        #expect(selections.map(\.function) == ["rate", "max_over_time", nil])
        #expect(selections.map(\.range) == [300_000, 0, 0])
        #expect(selections.map(\.step) == [60_000, 600_000, 60_000])
        #expect(selections[0].matchers.map(\.name) == ["b", "__name__"])
    }
}
