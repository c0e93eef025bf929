import Hub
import Testing

@testable import Gateway

@Suite("Rates over REST")
struct RateTests {
    @Test("A user over the rate is told when to come again")
    func rate() async throws {
        let door = ScriptedDoor(
            refusal: Rejection(.rateLimited, "Too many.", retryAfter: .milliseconds(200))
        )
        try await RunningPlane.with(.init(door: door)) { plane in
            let reply = try await plane.ask(Requests.get("/api/rooms"))
            #expect(reply.status == 429)
            #expect(reply["retry-after"] == "1")
            #expect(plane.performer.asks.isEmpty)
        }
    }
}
