import Hub
import Testing

/// If these fail, scripts that ask for streams without PromQL get other numbers than dashboards.
@Suite("Queries of streams")
struct StreamQueryTests {
    private let bench = StreamBench()

    /// A sample every ten seconds for ten minutes, of two hosts: 1, 2, … and ten times that.
    private func fill() async throws {
        for step in 1...60 {
            let at = StreamBench.start + Int64(step) * 10_000
            try await bench.push("cpu", ["host": "a"], Double(step), at: at)
            try await bench.push("cpu", ["host": "b"], Double(step) * 10, at: at)
        }
        bench.clock.advance(by: 600_000)
    }

    private func values(_ fields: JSON, of topic: String = "stream:cpu") async throws -> [JSON] {
        let reply = try await bench.ask("query", topic, fields)
        return reply["series"]?.array?.map { $0["values"] ?? .null } ?? []
    }

    /// At the end of the tenth minute: samples 55 to 60 are in a window of 50 seconds.
    private func fields(_ function: String, _ more: [(String, JSON)] = []) -> JSON {
        var fields: JSON = [
            "from": .int(StreamBench.start + 600_000), "until": .int(StreamBench.start + 600_000),
            "step": 60_000, "window": 50_000, "function": .string(function),
            "labels": "host=\"a\"",
        ]
        for (name, value) in more { fields.append(name, value) }
        return fields
    }

    @Test(
        "Each function makes of a window's samples what it says",
        arguments: [
            ("avg", 57.5), ("min", 55), ("max", 60), ("sum", 345), ("count", 6), ("last", 60),
            ("rate", 0.1), ("p50", 57.5), ("p95", 59.75), ("p99", 59.95),
        ]
    )
    func functions(name: String, expected: Double) async throws {
        try await fill()
        let found = try await values(fields(name))
        let value = try #require(found.first?.array?.first?.number)
        #expect(abs(value - expected) < 1e-9, "\(name): \(value)")
    }

    @Test("Steps go from the start to the end, for all series that the matchers select")
    func steps() async throws {
        try await fill()
        let reply = try await bench.ask(
            "query",
            "stream:cpu",
            [
                "from": .int(StreamBench.start + 60_000), "step": 60_000,
                "until": .int(StreamBench.start + 600_000), "function": "max",
            ]
        )
        let series = try #require(reply["series"]?.array)
        #expect(series.compactMap { $0["labels"]?["host"]?.string }.sorted() == ["a", "b"])
        for one in series {
            let factor = one["labels"]?["host"] == "a" ? 1 : 10
            #expect(
                one["values"]?.array?.compactMap(\.number)
                    == (1...10).map { Double($0 * 6 * factor) }
            )
            #expect(
                one["times"]?.array?.compactMap(\.int)
                    == (1...10).map { StreamBench.start + $0 * 60_000 }
            )
        }
    }

    @Test("Matchers narrow a selector, and can't end it")
    func matchers() async throws {
        try await fill()
        let topic = "stream:cpu%7Bhost%3D~%22a%7Cb%22%7D"
        let until: JSON = .int(StreamBench.start + 600_000)
        #expect(try await values(["until": until], of: topic).count == 2)
        let narrowed = try await values(["until": until, "labels": "host!=\"a\""], of: topic)
        #expect(narrowed.count == 1)
        for wrong in ["host=\"a\"} or up{a=\"b\"", "host", "}", "host=~\"(\""] {
            await #expect(throws: Rejection.self, "\(wrong)") {
                _ = try await values(["labels": .string(wrong)], of: topic)
            }
        }
    }

    @Test("What can't be answered is refused with the field's name")
    func refusals() async throws {
        for (field, fields) in [
            ("function", ["function": "p51"]), ("step", ["step": 0]), ("step", ["step": 1]),
            ("window", ["window": -1]),
            ("from", ["from": .int(StreamBench.start + 1), "until": .int(StreamBench.start)]),
        ] as [(String, JSON)] {
            do {
                _ = try await bench.ask("query", "stream:cpu", fields)
                Issue.record("\(fields) is answered")
            } catch let rejection as Rejection {
                #expect(rejection.message.contains(field), "\(rejection.message)")
            }
        }
        await #expect(throws: Rejection.self) { try await bench.ask("query", "stream:~0", [:]) }
    }
}
