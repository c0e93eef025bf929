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

    @Test("Who comes with bad tokens pays for each, and is told to wait in the end")
    func guesses() async throws {
        let door = ScriptedDoor()
        try await RunningPlane.with(.init(door: door)) { plane in
            for path in ["/api/rooms", "/api/search?q=x"] {
                let before = door.charged.count
                let reply = try await plane.ask(
                    Requests.get(path, "Authorization: Bearer guess")
                )
                #expect(reply.status == 401)
                #expect(door.charged.count == before + 1)
            }
        }
        let strict = ScriptedDoor(refusal: Rejection(.rateLimited, "Too many."))
        try await RunningPlane.with(.init(door: strict)) { plane in
            let reply = try await plane.ask(
                Requests.get("/api/rooms", "Authorization: Bearer guess")
            )
            #expect(reply.status == 429)
        }
    }
}
