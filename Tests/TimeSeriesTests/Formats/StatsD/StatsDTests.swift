import Testing
import TimeSeries

@Suite("StatsD")
struct StatsDTests {
    private static func parse(_ text: String) -> StatsDParser.Packet {
        StatsDParser.parse(Array(text.utf8))
    }

    private static func metric(
        _ name: String,
        _ kind: StatsDMetric.Kind,
        _ value: Double,
        rate: Double = 1,
        tags: [(name: String, value: String)] = [],
        member: String = ""
    ) -> StatsDMetric {
        StatsDMetric(
            name: name,
            kind: kind,
            value: value,
            member: member,
            rate: rate,
            tags: tags
        )
    }

    @Test(
        "Every kind of line is read",
        arguments: [
            ("hub.msg:1|c", [metric("hub_msg", .counter, 1)]),
            ("hub.x:1|c|@0.25", [metric("hub_x", .counter, 1, rate: 0.25)]),
            ("x:|c", [metric("x", .counter, 1)]),
            ("x:3|m", [metric("x", .counter, 3)]),
            ("hub.lat:3.200000|ms", [metric("hub_lat", .timer, 3.2)]),
            ("x:1|h", [metric("x", .timer, 1)]),
            ("x:1:2.5|d", [metric("x", .timer, 1), metric("x", .timer, 2.5)]),
            ("hub.rooms:-1|g", [metric("hub_rooms", .gaugeChange, -1)]),
            ("hub.rooms:+2|g", [metric("hub_rooms", .gaugeChange, 2)]),
            ("hub.rooms:7|g", [metric("hub_rooms", .gauge, 7)]),
            ("users:ada:1|s", [metric("users", .set, 0, member: "ada:1")]),
            ("a:1|c\nb:1|c\n", [metric("a", .counter, 1), metric("b", .counter, 1)]),
            ("a:1|c\r\n", [metric("a", .counter, 1)]),
            ("1web-1/cpu:1|c", [metric("_1web_1_cpu", .counter, 1)]),
            (
                "x:1|c|@1|#room:general,up,room:other,a.b:c:d|T1656581400",
                [
                    metric(
                        "x",
                        .counter,
                        1,
                        tags: [("a_b", "c:d"), ("room", "general"), ("up", "true")]
                    )
                ]
            ),
            ("_e{5,4}:title|text", []),
        ] as [(String, [StatsDMetric])]
    )
    func lines(_ text: String, _ metrics: [StatsDMetric]) {
        let packet = Self.parse(text)
        #expect(packet.metrics == metrics)
        #expect(packet.malformed == 0)
    }

    @Test(
        "What is no line is counted, and the others are taken",
        arguments: [
            "x", "x:1", ":1|c", "x:one|c", "x:1|q", "x:1|c|@0", "x:1|c|@2", "x:1|c|@NaN", "x:nan|c",
            "x:inf|g",
            "x:|ms", "x:|s", "x:1:|ms", "x|c", "|", ":", "x:1|",
        ]
    )
    func malformed(_ line: String) {
        let packet = Self.parse("a:1|c\n\(line)\nb:1|c")
        #expect(packet.metrics.map(\.name) == ["a", "b"])
        #expect(packet.malformed == 1)
    }

    @Test("Bytes of any kind are parsed or counted")
    func mutations() {
        var dice = FormatDice(8)
        let packet = Array("hub.msg:1|c|@0.5|#room:general,é:ü\nx:-1|g\ny:1:2|ms\nz:a|s".utf8)
        var taken = 0
        var aggregator = StatsDAggregator()
        for _ in 0..<5_000 {
            for metric in StatsDParser.parse(dice.mutated(packet)).metrics {
                aggregator.add(metric)
                taken += 1
            }
        }
        #expect(taken > 5_000)
        var sink = CollectedSeries()
        aggregator.flush(at: 1, into: &sink)
        #expect(sink.entries.count >= aggregator.seriesCount)
    }

    private static func flush(_ aggregator: inout StatsDAggregator, at time: Int64) -> [String] {
        var sink = CollectedSeries()
        aggregator.flush(at: time, into: &sink)
        return sink.lines.sorted()
    }

    @Test("Counters rise, gauges stay, sets begin anew")
    func aggregation() {
        var aggregator = StatsDAggregator()
        let text = "c:2|c\nc:1|c|@0.1\ng:5|g\ng:-7|g\nu:a|s\nu:b|s\nu:a|s\nc:1|c|#room:x"
        for metric in Self.parse(text).metrics { aggregator.add(metric) }
        #expect(
            Self.flush(&aggregator, at: 10) == [
                "c 12.0 10", #"c{room="x"} 1.0 10"#, "g -2.0 10", "u 2.0 10",
            ]
        )
        for metric in Self.parse("c:1|c\nu:z|s").metrics { aggregator.add(metric) }
        #expect(
            Self.flush(&aggregator, at: 20) == [
                "c 13.0 20", #"c{room="x"} 1.0 20"#, "g -2.0 20", "u 1.0 20",
            ]
        )
    }

    @Test("Timers have count and sum of all, and quantiles since the last flush")
    func timers() {
        var aggregator = StatsDAggregator()
        let text = (1...100).reversed().map { "t:\($0)|ms" }.joined(separator: "\n")
        for metric in Self.parse(text).metrics { aggregator.add(metric) }
        #expect(
            Self.flush(&aggregator, at: 10) == [
                "t_count 100.0 10", "t_sum 5050.0 10", #"t{quantile="0.5"} 50.0 10"#,
                #"t{quantile="0.9"} 90.0 10"#, #"t{quantile="0.99"} 99.0 10"#,
            ]
        )
        for metric in Self.parse("t:8|ms|@0.5").metrics { aggregator.add(metric) }
        #expect(Self.flush(&aggregator, at: 20).first == "t_count 102.0 20")
        var sink = CollectedSeries()
        aggregator.flush(at: 30, into: &sink)
        let quantiles = sink.entries.filter { $0.labels["quantile"] != nil }
        #expect(quantiles.count == 3)
        #expect(quantiles.allSatisfy { $0.samples[0].isStale })
    }

    @Test("A timer that gets more than it keeps has all in its count, and a fair choice besides")
    func reservoir() {
        var limits = StatsDLimits()
        limits.timerValuesMaximum = 200
        var aggregator = StatsDAggregator(limits: limits)
        for value in 1...10_000 {
            aggregator.add(Self.metric("t", .timer, Double(value)))
        }
        var sink = CollectedSeries()
        aggregator.flush(at: 1, into: &sink)
        #expect(sink.entries.first { $0.labels.name == "t_count" }?.samples[0].value == 10_000)
        let median = sink.entries.first { $0.labels["quantile"] == "0.5" }?.samples[0].value
        #expect((3_500...6_500).contains(median ?? 0))
    }

    @Test("What is silent for too long ends, with a marker")
    func idle() {
        var limits = StatsDLimits()
        limits.idleFlushesMaximum = 2
        var aggregator = StatsDAggregator(limits: limits)
        aggregator.add(Self.metric("g", .gauge, 1))
        var stale: [Bool] = []
        for time in 1...4 {
            var sink = CollectedSeries()
            aggregator.flush(at: Int64(time), into: &sink)
            stale += sink.entries.map { $0.samples[0].isStale }
        }
        #expect(stale == [false, false, true])
        #expect(aggregator.seriesCount == 0)
    }

    @Test("Series beyond the maximum are dropped and counted")
    func maximum() {
        var limits = StatsDLimits()
        limits.seriesMaximum = 2
        var aggregator = StatsDAggregator(limits: limits)
        for name in ["a", "b", "c", "a"] { aggregator.add(Self.metric(name, .counter, 1)) }
        #expect(aggregator.seriesCount == 2)
        #expect(aggregator.dropped == 1)
        #expect(Self.flush(&aggregator, at: 1) == ["a 2.0 1", "b 1.0 1"])
    }
}
