import Hub
import Testing

@testable import Gateway

/// If these fail, operators are told that something was done that was not, or others may do it.
@Suite("Operators")
struct OperatorTests {
    private static let grants = Grants(rules: [.init(pattern: "hub", actions: ["admin"])])

    private static func settings(revocationRefusal: Rejection? = nil) -> RunningPlane.Settings {
        let door = ScriptedDoor(
            tokens: [
                "ada": Principal(user: "ada", isGuest: false, grants: .everything),
                "op": Principal(user: "op", isGuest: false, grants: grants),
            ],
            revocationRefusal: revocationRefusal
        )
        return .init(door: door)
    }

    @Test("Operators revoke, list and end; nobody else does, a user with every grant included")
    func operators() async throws {
        try await RunningPlane.with(Self.settings()) { plane in
            let revoke = Requests.make(
                "POST",
                "/api/revocations",
                json: #"{"user":"eve"}"#,
                "Authorization: Bearer op"
            )
            #expect(try await plane.ask(revoke).status == 200)
            #expect(plane.door.revoked == ["user eve"])
            let both = revoke.replacing(#"{"user":"eve"}"#, with: #"{"user":true  }"#)
            #expect(try await plane.ask(both).status == 400)
            let page = try await plane.ask(
                Requests.get("/api/connections?limit=2", "Authorization: Bearer op")
            )
            #expect(page.json?["connections"]?.array?.count == 2)
            #expect(page.json?["more"]?.bool == true)
            let rest = try await plane.ask(
                Requests.get("/api/connections?after=c-2", "Authorization: Bearer op")
            )
            #expect(rest.json?["connections"]?.array?.count == 1)
            let end = Requests.make("DELETE", "/api/connections/c-3", "Authorization: Bearer op")
            #expect(try await plane.ask(end).status == 200)
            #expect(try await plane.ask(end.replacing("c-3", with: "c-9")).status == 404)
            #expect(try await plane.ask(end.replacing("c-3", with: "3")).status == 400)
            #expect(try await plane.ask(end.replacing("r op", with: "r ada")).status == 403)
            #expect(try await plane.ask(revoke.replacing("r op", with: "r ada")).status == 403)
            #expect(plane.door.revoked == ["user eve"])
        }
    }

    @Test("A revocation that can't be stored is told as such, not as done")
    func unstoredRevocation() async throws {
        try await RunningPlane.with(Self.settings(revocationRefusal: .unavailable)) { plane in
            for body in [#"{"user":"eve"}"#, #"{"tokenId":"t"}"#] {
                let reply = try await plane.ask(
                    Requests.make(
                        "POST",
                        "/api/revocations",
                        json: body,
                        "Authorization: Bearer op"
                    )
                )
                #expect(reply.status == 503)
                #expect(reply.code == "unavailable")
                #expect(reply.json?["error"]?["retry"]?.bool == true)
                #expect(reply["retry-after"] == "1")
            }
        }
    }
}
