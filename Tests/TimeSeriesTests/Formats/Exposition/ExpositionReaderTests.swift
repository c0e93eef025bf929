import Testing
import TimeSeries

@Suite("Prometheus' text format")
struct ExpositionReaderTests {
    static func read(
        _ text: String,
        _ dialect: ExpositionOptions.Dialect = .prometheus,
        change: (inout ExpositionOptions) -> Void = { _ in }
    ) throws -> (lines: [String], summary: ExpositionSummary) {
        var options = ExpositionOptions(dialect, now: 1000)
        change(&options)
        var reader = ExpositionReader(options)
        var sink = CollectedSeries()
        let summary = try reader.read(Array(text.utf8), into: &sink)
        return (sink.lines, summary)
    }

    @Test("The format's own example is read")
    func example() throws {
        let (lines, summary) = try Self.read(
            #"""
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # Escaping in label values:
            dos{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47

            # A weird metric from before the epoch:
            something_weird{problem="division by zero"} +Inf -3982045

            # TYPE rpc_duration_seconds summary
            rpc_duration_seconds{quantile="1"} 3102
            rpc_duration_seconds_sum 1.7560473e+07
            """# + "\n"
        )
        #expect(
            lines == [
                #"http_requests_total{code="200", method="post"} 1027.0 1395066363000"#,
                #"http_requests_total{code="400", method="post"} 3.0 1395066363000"#,
                #"dos{error="Cannot find file:\n\"FILE.TXT\"", "#
                    + #"path="C:\\DIR\\FILE.TXT"} 1458255915.0 1000"#,
                "metric_without_timestamp_and_labels 12.47 1000",
                #"something_weird{problem="division by zero"} inf -3982045"#,
                #"rpc_duration_seconds{quantile="1.0"} 3102.0 1000"#,
                "rpc_duration_seconds_sum 17560473.0 1000",
            ]
        )
        #expect(summary.samples == 7)
        #expect(
            summary.metadata == [
                MetricMetadata(
                    family: "http_requests_total",
                    kind: .counter,
                    help: "The total number of HTTP requests."
                ),
                MetricMetadata(family: "rpc_duration_seconds", kind: .summary),
            ]
        )
    }

    @Test(
        "Space, line ends and commas are taken as they come",
        arguments: [
            "a{b=\"c\"} 1", "a{b=\"c\"} 1\n", "a{b=\"c\",} 1\r\n", "\t a { b = \"c\" , } \t 1 \t\n",
            "a{b=\"c\"}1\n",
            "# a comment\n\n  \na{b=\"c\"} 1 1000\n", "#TYPE a gauge\na{b=\"c\"} 1",
            "{\"a\",b=\"c\"} 1", "{\"a\", \"b\"=\"c\"} 1",
        ]
    )
    func space(_ text: String) throws {
        #expect(try Self.read(text).lines == [#"a{b="c"} 1.0 1000"#])
    }

    @Test("Names may be any text in quotes")
    func quotedNames() throws {
        let (lines, summary) = try Self.read(
            #"""
            # HELP "my.metric" With \\ and \n and \" in it.
            # TYPE "my.metric" gauge
            {"my.metric", "label.name"="v"} 1
            {"back\\slash\n"} 2
            """#
        )
        #expect(lines == [#"my.metric{label.name="v"} 1.0 1000"#, "back\\slash\n 2.0 1000"])
        #expect(
            summary.metadata == [
                MetricMetadata(
                    family: "my.metric",
                    kind: .gauge,
                    help: "With \\ and \n and \\\" in it."
                )
            ]
        )
    }

    @Test("Bounds of buckets are written in one way, whatever the format")
    func bounds() throws {
        let text = #"""
            a_bucket{le="1"} 1
            a_bucket{le="1e3"} 1
            a_bucket{le="Inf"} 2
            a_bucket{le="many"} 2
            a{le="1"} 3
            # TYPE s summary
            s{quantile="0.50"} 1
            # TYPE t gauge
            t{quantile="0.50"} 1
            """#
        #expect(
            try Self.read(text).lines == [
                #"a_bucket{le="1.0"} 1.0 1000"#, #"a_bucket{le="1000.0"} 1.0 1000"#,
                #"a_bucket{le="+Inf"} 2.0 1000"#, #"a_bucket{le="many"} 2.0 1000"#,
                #"a{le="1"} 3.0 1000"#, #"s{quantile="0.5"} 1.0 1000"#,
                #"t{quantile="0.50"} 1.0 1000"#,
            ]
        )
    }

    @Test(
        "What is malformed is refused with its line",
        arguments: [
            ("a 1\nb", 2, .badSpace),
            ("a\n", 1, .badSpace),
            ("1a 1\n", 1, .badName),
            ("{} 1\n", 1, .badName),
            ("{a=\"b\"} 1\n", 1, .badName),
            ("{\"\"} 1\n", 1, .badName),
            ("a{\n", 1, .badLabels),
            ("a{b} 1\n", 1, .badLabels),
            ("a{b=} 1\n", 1, .badLabels),
            ("a{b=c} 1\n", 1, .badLabels),
            ("a{b=\"c\" d=\"e\"} 1\n", 1, .badLabels),
            ("a{\"b\"} 1\n", 1, .badLabels),
            ("a{,} 1\n", 1, .badName),
            ("a{b:c=\"d\"} 1\n", 1, .badLabels),
            ("a{b=\"c\n\"} 1\n", 1, .unfinishedText),
            ("a{b=\"c\\\"} 1\n", 1, .unfinishedText),
            ("a{b=\"\\\n", 1, .unfinishedText),
            ("a one\n", 1, .badValue),
            ("a 1 1.5\n", 1, .badTime),
            ("a 1 99999999999999999999\n", 1, .badTime),
            ("a 1 1 1\n", 1, .trailing),
            ("a 1 # {b=\"c\"} 1\n", 1, .badTime),
            ("\n\n# TYPE a sandwich\n", 3, .unknownType),
            ("# TYPE a\n", 1, .badSpace),
            ("# TYPE\n", 1, .badSpace),
            ("# TYPE a gauge gauge\n", 1, .trailing),
        ] as [(String, Int, ExpositionError.Reason)]
    )
    func malformed(_ text: String, _ line: Int, _ reason: ExpositionError.Reason) {
        let error = #expect(throws: ExpositionError.self) { try Self.read(text) }
        #expect(error?.line == line)
        #expect(error?.reason == reason)
    }

    @Test("A series with bad labels is left out, the others are kept")
    func faults() throws {
        let long = String(repeating: "x", count: 5000)
        let text = "a 1\nb{c=\"d\",c=\"e\"} 1\nb{c=\"\(long)\"} 1\nb{\"\"=\"x\"} 1\nz 1\n"
        let (lines, summary) = try Self.read(text)
        #expect(lines == ["a 1.0 1000", "z 1.0 1000"])
        #expect(
            summary.refused == [.duplicateLabel: 1, .labelTooLong: 1, .emptyLabelName: 1]
        )
        #expect(summary.firstRefused == 2)
    }

    @Test("A label's value that is not UTF-8 is refused")
    func text() throws {
        var reader = ExpositionReader(ExpositionOptions(.prometheus, now: 0))
        var sink = CollectedSeries()
        let bytes: [UInt8] = Array("a{b=\"".utf8) + [0xFF] + Array("\"} 1".utf8)
        let summary = try reader.read(bytes, into: &sink)
        #expect(summary.refused == [.invalidText: 1])
    }

    @Test("A target's labels are added, and step before those of the text")
    func added() throws {
        let (lines, _) = try Self.read("up{job=\"own\",z=\"1\"} 1 5\nload 2\n") {
            $0.added = [("instance", "web-1"), ("job", "hub"), ("empty", "")]
            $0.honorsTimestamps = false
        }
        #expect(
            lines == [
                #"up{exported_job="own", instance="web-1", job="hub", z="1"} 1.0 1000"#,
                #"load{instance="web-1", job="hub"} 2.0 1000"#,
            ]
        )
    }

    @Test("Text that was tampered with is refused or read, and what is read is canonical")
    func mutations() {
        var dice = FormatDice(7)
        let sample = Array(
            """
            # HELP a b
            # TYPE a_b histogram
            a_b_bucket{le="1",x="\\"y\\n"} 1 5
            {"c.d","é"="ü"} +Inf
            e{} 1e5 -3
            # EOF

            """.utf8
        )
        var taken = 0
        for round in 0..<10_000 {
            let dialect: ExpositionOptions.Dialect = round % 2 == 0 ? .prometheus : .openMetrics
            var reader = ExpositionReader(ExpositionOptions(dialect, now: 0))
            var sink = CollectedSeries()
            guard (try? reader.read(dice.mutated(sample), into: &sink)) != nil else { continue }
            taken += 1
            for entry in sink.entries {
                let again = Labels(entry.labels.all.map { ($0.name, $0.value) })
                #expect(again == entry.labels)
            }
        }
        #expect(taken > 1000)
    }
}
