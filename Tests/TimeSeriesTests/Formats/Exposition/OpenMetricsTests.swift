import Testing
import TimeSeries

@Suite("OpenMetrics")
struct OpenMetricsTests {
    @Test("Families, units, seconds and exemplars are read")
    func example() throws {
        let (lines, summary) = try ExpositionReaderTests.read(
            #"""
            # TYPE acme_http_router_request_seconds summary
            # UNIT acme_http_router_request_seconds seconds
            # HELP acme_http_router_request_seconds Latency of \"all\" the router does.
            acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
            acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
            acme_http_router_request_seconds{quantile="0.99"} 1 1520879607.789
            # TYPE foo histogram
            foo_bucket{le="0.01"} 0
            foo_bucket{le="0.1"} 8 # {} 0.054
            foo_bucket{le="1.0"} 11 1520879607.5 # {trace_id="KOO5S4vxi0o"} 0.67
            foo_bucket{le="+Inf"} 17 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
            # EOF

            """#,
            .openMetrics
        )
        #expect(
            lines == [
                #"acme_http_router_request_seconds_sum{method="GET", path="/api/v1"} 9036.32 1000"#,
                #"acme_http_router_request_seconds_created{method="GET", path="/api/v1"} "#
                    + "1605281325.0 1000",
                #"acme_http_router_request_seconds{quantile="0.99"} 1.0 1520879607789"#,
                #"foo_bucket{le="0.01"} 0.0 1000"#,
                #"foo_bucket{le="0.1"} 8.0 1000"#,
                #"foo_bucket{le="1.0"} 11.0 1520879607500"#,
                #"foo_bucket{le="+Inf"} 17.0 1000"#,
            ]
        )
        #expect(summary.exemplars == 3)
        #expect(
            summary.metadata == [
                MetricMetadata(
                    family: "acme_http_router_request_seconds",
                    kind: .summary,
                    help: "Latency of \"all\" the router does.",
                    unit: "seconds"
                ),
                MetricMetadata(family: "foo", kind: .histogram),
            ]
        )
    }

    @Test("The last line may do without its end")
    func end() throws {
        #expect(try ExpositionReaderTests.read("a 1\n# EOF", .openMetrics).lines.count == 1)
        #expect(try ExpositionReaderTests.read("# EOF\n", .openMetrics).lines.isEmpty)
    }

    @Test(
        "What is malformed is refused with its line",
        arguments: [
            ("a 1\n", 1, .missingEnd),
            ("", 1, .missingEnd),
            ("a 1", 1, .unfinishedLine),
            ("a 1\n# EO", 2, .unknownComment),
            ("# EOF\n\n", 2, .afterEnd),
            ("# EOF\na 1\n# EOF\n", 2, .afterEnd),
            ("# EOF \n", 1, .trailing),
            ("a 1\n\n# EOF\n", 2, .blankLine),
            ("# a comment\n# EOF\n", 1, .unknownComment),
            ("#EOF\n", 1, .badSpace),
            ("a  1\n# EOF\n", 1, .badValue),
            ("a\t1\n# EOF\n", 1, .badSpace),
            ("a 1 \n# EOF\n", 1, .badTime),
            ("a 1 1  # {} 1\n# EOF\n", 1, .badExemplar),
            ("a 1\r\n# EOF\n", 1, .badValue),
            ("a{ b=\"c\"} 1\n# EOF\n", 1, .badName),
            ("a 1 NaN\n# EOF\n", 1, .badTime),
            ("a 1 1e300\n# EOF\n", 1, .badTime),
            ("a 1 # {b=\"c\"}\n# EOF\n", 1, .badSpace),
            ("a 1 # {b=\"c\"} x\n# EOF\n", 1, .badValue),
            ("a 1 # {\"b\"} 1\n# EOF\n", 1, .badExemplar),
            ("a 1 # {b=\"c\"} 1 1 1\n# EOF\n", 1, .trailing),
            ("# UNIT a_seconds bytes\n# EOF\n", 1, .badUnit),
            ("# UNIT seconds seconds\n# EOF\n", 1, .badUnit),
            ("# TYPE a untypeable\n# EOF\n", 1, .unknownType),
        ] as [(String, Int, ExpositionError.Reason)]
    )
    func malformed(_ text: String, _ line: Int, _ reason: ExpositionError.Reason) {
        let error = #expect(throws: ExpositionError.self) {
            try ExpositionReaderTests.read(text, .openMetrics)
        }
        #expect(error?.line == line)
        #expect(error?.reason == reason)
    }
}
