import Hub
import Testing

@testable import Gateway

/// If these fail, a chart begins empty, or has a hole where its connection was cut.
@Suite("Joining streams", .serialized)
struct StreamJoinTests {
    private static func times(_ reply: JSON) throws -> [Int64] {
        let series = try #require(reply["ok"]?["state"]?["series"]?.array)
        return series.flatMap { $0["times"]?.array?.compactMap(\.int) ?? [] }
    }

    @Test("A join gets what the window holds, and after a cut what is newer than was seen")
    func window() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let now = Timestamp.now().milliseconds
            let samples = (1...5).reversed().map { second -> JSON in
                ["value": .int(second), "at": .int(now - second * 1000)]
            }
            let pushed = try ada.ask("push", "stream:cpu", ["data": ["samples": .array(samples)]])
            #expect(pushed["ok"]?["accepted"] == 5, "\(pushed)")
            let whole = try ada.ask("join", "stream:cpu", ["window": 60_000, "points": 100])
            let all = (1...5).reversed().map { now - $0 * 1000 }
            #expect(try Self.times(whole) == all, "\(whole)")
            let later = try ada.ask(
                "join",
                "stream:cpu",
                ["window": 60_000, "points": 100, "seen": .int(all[2])]
            )
            #expect(try Self.times(later) == Array(all[3...]), "\(later)")
            let none = try ada.ask("join", "stream:cpu")
            #expect(try Self.times(none).isEmpty)
            let wrong = try ada.ask("join", "stream:cpu", ["window": "long"])
            #expect(wrong["error"]?["code"] == "bad_request")
        }
    }
}
