import Hub
import Testing

@testable import Gateway

@Suite("REST")
struct APITests {
    private static let ada = Principal(user: "ada", isGuest: false, grants: .everything)

    private func settings(
        _ performer: ScriptedPerformer = ScriptedPerformer(),
        letsGuestsIn: Bool = true
    ) -> RunningPlane.Settings {
        let door = ScriptedDoor(
            tokens: [
                "ada": Self.ada,
                "none": Principal(user: "eve", isGuest: false, grants: .nothing),
            ],
            letsGuestsIn: letsGuestsIn
        )
        return .init(performer: performer, door: door)
    }

    @Test("Posting is 201 with the place of the message, and asks what the protocol asks")
    func post() async throws {
        let performer = ScriptedPerformer { _ throws(Rejection) in
            ["position": "k3:45", "messageId": "7260142382817280"]
        }
        try await RunningPlane.with(settings(performer)) { plane in
            let reply = try await plane.ask(
                Requests.make(
                    "POST",
                    "/api/rooms/a%2Fb/messages",
                    json: #"{"content":"hi","threadId":"5","other":1}"#,
                    "Authorization: Bearer ada",
                    "Idempotency-Key: k1"
                )
            )
            #expect(reply.status == 201)
            #expect(reply["location"] == "/api/rooms/a%2Fb/messages/7260142382817280")
            #expect(reply.text == #"{"position":"k3:45","messageId":"7260142382817280"}"#)
            let ask = try #require(performer.asks.first)
            #expect(ask.action == "post")
            #expect(ask.topic?.text == "room:a/b")
            #expect(ask.key == "k1")
            #expect(ask.principal == Self.ada)
            #expect(ask.fields == ["data": ["content": "hi", "threadId": "5"]])
        }
    }

    private static let lines: [(String, String, String?, String)] = [
        (
            "GET /api/rooms?scope=public&limit=3", "rooms", nil,
            #"{"scope":"public","limit":3}"#
        ),
        ("GET /api/rooms/a", "room", "room:a", "{}"),
        (
            "GET /api/rooms/a/messages?before=9&limit=2", "history", "room:a",
            #"{"before":"9","limit":2}"#
        ),
        ("GET /api/rooms/a/messages/7", "message", "room:a", #"{"messageId":"7"}"#),
        ("DELETE /api/rooms/a/messages/7", "delete", "room:a", #"{"data":{"messageId":"7"}}"#),
        (
            "PUT /api/rooms/a/messages/7/reactions/%F0%9F%91%8D", "react", "room:a",
            #"{"data":{"messageId":"7","emoji":"👍"}}"#
        ),
        ("PUT /api/rooms/a/messages/7/pin", "pin", "room:a", #"{"data":{"messageId":"7"}}"#),
        (
            "GET /api/rooms/a/threads/7?limit=1", "thread", "room:a",
            #"{"threadId":"7","limit":1,"topic":"room:a"}"#
        ),
        (
            "DELETE /api/rooms/a/members/bob?reason=rude+word", "kick", "room:a",
            #"{"data":{"userId":"bob","reason":"rude word"}}"#
        ),
        (
            "GET /api/rooms/a/bans?after=bob&limit=9", "bans", "room:a",
            #"{"after":"bob","limit":9}"#
        ),
        ("DELETE /api/rooms/a/bans/bob", "unban", "room:a", #"{"data":{"userId":"bob"}}"#),
        (
            "GET /api/search?query=a%20b&topic=room:a", "search", "room:a",
            #"{"query":"a b","topic":"room:a"}"#
        ),
        ("GET /api/threads", "threads", nil, "{}"),
        ("GET /api/mentions?limit=5", "mentions", nil, #"{"limit":5}"#),
        (
            "GET /api/log/room:a?after=k3:4&limit=9", "log", "room:a",
            #"{"after":"k3:4","limit":9}"#
        ),
        ("POST /api/rooms/a/enter", "enter", "room:a", #"{"data":{}}"#),
    ]

    @Test("Each line of the table asks its action with each field in its place", arguments: lines)
    func table(line: String, action: String, topic: String?, fields: String) async throws {
        try await RunningPlane.with(settings()) { plane in
            let parts = line.split(separator: " ").map(String.init)
            let reply = try await plane.ask(
                Requests.make(parts[0], parts[1], "Content-Type: application/json")
            )
            #expect(reply.status == 200)
            let ask = try #require(plane.performer.asks.first)
            #expect(ask.action == action)
            #expect(ask.topic?.text == topic)
            #expect(String(decoding: ask.fields.encoded(), as: UTF8.self) == fields)
        }
    }

    @Test("A room is created by name, a direct room by its members, and both say where they are")
    func create() async throws {
        try await RunningPlane.with(settings()) { plane in
            let named = try await plane.ask(
                Requests.make("POST", "/api/rooms", json: #"{"room":"a b","visibility":"public"}"#)
            )
            #expect(named.status == 400)
            #expect(named.code == "bad_topic")
            let room = try await plane.ask(
                Requests.make("POST", "/api/rooms", json: #"{"room":"a","visibility":"public"}"#)
            )
            #expect(room.status == 201)
            #expect(room["location"] == "/api/rooms/a")
            let direct = try await plane.ask(
                Requests.make(
                    "POST",
                    "/api/rooms",
                    json: #"{"visibility":"direct","members":["cy","bob"]}"#,
                    "Authorization: Bearer ada"
                )
            )
            #expect(direct["location"] == "/api/rooms/dm%3Aada~bob~cy")
            #expect(plane.performer.asks.last?.topic?.text == "room:dm:ada~bob~cy")
            let nameless = try await plane.ask(
                Requests.make("POST", "/api/rooms", json: #"{"visibility":"public"}"#)
            )
            #expect(nameless.status == 400)
        }
    }

    @Test("Every code of the catalogue comes with its status and says whether to retry")
    func rejections() async throws {
        let expected: [RejectionCode: Int] = [
            .badRequest: 400, .badTopic: 400, .unknownAction: 404, .unauthorized: 401,
            .tokenExpired: 401, .forbidden: 403, .notFound: 404, .conflict: 409, .keyReused: 409,
            .preconditionFailed: 412, .insufficientStock: 409, .illegalTransition: 409,
            .totalChanged: 409, .muted: 403, .banned: 403, .tooLarge: 413, .limitReached: 409,
            .notJoined: 409,
            .rateLimited: 429, .busy: 503, .draining: 503, .unavailable: 503, .internal: 500,
        ]
        let performer = ScriptedPerformer { ask throws(Rejection) in
            let code = RejectionCode(rawValue: String(ask.topic?.name ?? "")) ?? .internal
            throw Rejection(code, "No.", retryAfter: .milliseconds(1500))
        }
        try await RunningPlane.with(settings(performer)) { plane in
            let client = try plane.client()
            for code in RejectionCode.allCases {
                let reply = try await client.ask(Requests.get("/api/rooms/\(code.rawValue)"))
                #expect(reply.status == expected[code])
                #expect(reply.code == code.rawValue)
                #expect(reply.json?["error"]?["retry"]?.bool == code.isTemporary)
                #expect(reply["retry-after"] == (code.isTemporary ? "2" : nil))
                let retryAfter = reply.json?["error"]?["retryAfter"]?.int
                #expect(retryAfter == (code.isTemporary ? 1500 : nil))
            }
        }
    }

    @Test("Who isn't known, or may not, is told so")
    func authorization() async throws {
        try await RunningPlane.with(settings(letsGuestsIn: false)) { plane in
            let nobody = try await plane.ask(Requests.get("/api/rooms"))
            #expect(nobody.status == 401)
            #expect(nobody["www-authenticate"] == "Bearer")
            let stale = try await plane.ask(
                Requests.get("/api/rooms", "Authorization: Bearer stale")
            )
            #expect(stale.code == "token_expired")
            #expect(stale["www-authenticate"]?.contains("invalid_token") == true)
            let basic = try await plane.ask(Requests.get("/api/rooms", "Authorization: Basic YTpi"))
            #expect(basic.status == 401)
            let none = try await plane.ask(Requests.get("/api/rooms", "Authorization: Bearer none"))
            #expect(none.status == 403)
            // A token in a URL ends up in logs: only a WebSocket, which can't do otherwise, may.
            #expect(try await plane.ask(Requests.get("/api/rooms?token=ada")).status == 401)
            #expect(plane.performer.asks.isEmpty)
        }
    }

    @Test("A guest's name is taken from the field or the query")
    func guests() async throws {
        try await RunningPlane.with(settings()) { plane in
            _ = try await plane.ask(Requests.get("/api/rooms?name=bob"))
            _ = try await plane.ask(Requests.get("/api/rooms", "X-Martlet-Name: cy"))
            #expect(plane.performer.asks.map(\.principal.user) == ["bob", "cy"])
        }
    }

    @Test("Requests of one proxy connection are charged to their own clients")
    func addresses() async throws {
        try await RunningPlane.with(settings()) { plane in
            let proxy = try plane.client()
            _ = try await proxy.ask(Requests.get("/api/rooms", "X-Forwarded-For: 192.0.2.1"))
            _ = try await proxy.ask(Requests.get("/api/rooms", "X-Forwarded-For: 192.0.2.2"))
            _ = try await proxy.ask(Requests.get("/api/rooms"))
            #expect(plane.door.charged == ["192.0.2.1", "192.0.2.2", "127.0.0.1"])
        }
    }

    private static let wrongTargets: [(String, Int)] = [
        ("/api/nowhere", 404), ("/api/rooms/a/", 404), ("/api/rooms//messages", 400),
        ("/api/rooms/%zz", 400), ("/api/rooms/%ff", 400), ("/api/rooms/a%00b", 400),
        ("/api/rooms/a%20b", 400), ("/api/rooms?limit=x", 400), ("/api/search", 400),
        ("/api/rooms?scope=%", 400), ("/api/log/nonsense", 400), ("nonsense://[/", 400),
    ]

    @Test("A target that is wrong is refused with a reason", arguments: wrongTargets)
    func wrongTarget(target: String, status: Int) async throws {
        try await refused(Requests.get(target), status)
    }

    private static let wrongBodies: [String] = [
        "{", "[]", "{}", #"{"content":"a","key":1}"#, #"{"content":"a","key":"1"}"#,
        #"{"content":"a","key":""}"#,
        #"{"content":"a","key":"\#(String(repeating: "k", count: 125))"}"#,
        #"{"content":"a","key":"\u001f"}"#,
    ]

    @Test("A body that is wrong is refused with a reason", arguments: wrongBodies)
    func wrongBody(body: String) async throws {
        let key = body.contains(#""key":"1""#) ? "Idempotency-Key: 2" : "X-None: 0"
        try await refused(Requests.make("POST", "/api/rooms/a/messages", json: body, key), 400)
    }

    @Test("A key is as long in REST as in the native protocol, and its documents say so")
    func longestKey() async throws {
        try await RunningPlane.with(settings()) { plane in
            let key = String(repeating: "k", count: Ask.keyBytesMaximum)
            let body = #"{"content":"a","key":"\#(key)"}"#
            let reply = try await plane.ask(
                Requests.make("POST", "/api/rooms/a/messages", json: body)
            )
            #expect(reply.status == 200)
            #expect(plane.performer.asks.first?.key == key)
            for path in ["/openapi.json", "/asyncapi.json"] {
                let document = try await plane.ask(Requests.get(path)).text
                #expect(document.contains(#""maxLength":\#(Ask.keyBytesMaximum)"#), "\(path)")
            }
        }
    }

    @Test("A write that doesn't say it is JSON is refused, one without a body included")
    func wrongType() async throws {
        try await refused(Requests.make("POST", "/api/rooms/a/enter"), 415)
        let form = "Content-Type: application/x-www-form-urlencoded\r\n\r\na="
        let head = "POST /api/rooms/a/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
        try await refused(head + form, 415)
    }

    private func refused(_ request: String, _ status: Int) async throws {
        try await RunningPlane.with(settings()) { plane in
            let reply = try await plane.ask(request)
            #expect(reply.status == status)
            #expect(reply.code != nil)
            #expect(reply["content-type"] == "application/json")
            #expect(plane.performer.asks.isEmpty)
        }
    }

    @Test("A body that is no UTF-8 is refused")
    func notUTF8() async throws {
        try await RunningPlane.with(settings()) { plane in
            let client = try plane.client()
            let head =
                "POST /api/rooms/a/messages HTTP/1.1\r\nHost: a\r\n"
                + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n"
            try await client.send(
                Array(head.utf8) + Array("{\"content\":\"".utf8) + [0xFF] + Array("\"}".utf8)
            )
            #expect(try await client.reply().status == 400)
        }
    }

    @Test("A path that exists says which methods it has")
    func methods() async throws {
        try await RunningPlane.with(settings()) { plane in
            let reply = try await plane.ask(
                Requests.make("DELETE", "/api/rooms/a/messages")
            )
            #expect(reply.status == 405)
            #expect(reply["allow"] == "GET, POST, HEAD, OPTIONS")
            #expect(reply.code == "unknown_action")
        }
    }

    @Test("Pages of other sites can't write, and read only where their origin is allowed")
    func crossOrigin() async throws {
        let door = ScriptedDoor(origins: ["https://app.example"])
        try await RunningPlane.with(.init(door: door)) { plane in
            let write = Requests.make(
                "PUT",
                "/api/rooms/a/messages/7/pin",
                "Origin: https://evil.example"
            )
            let refused = try await plane.ask(write)
            #expect(refused.status == 403)
            #expect(refused["access-control-allow-origin"] == nil)
            #expect(plane.performer.asks.isEmpty)
            let read = try await plane.ask(
                Requests.get("/api/rooms", "Origin: https://evil.example")
            )
            #expect(read["access-control-allow-origin"] == nil)
            #expect(read["vary"] == "Origin")
            let allowed = try await plane.ask(
                Requests.get("/api/rooms", "Origin: https://app.example")
            )
            #expect(allowed["access-control-allow-origin"] == "https://app.example")
            let own = try await plane.ask(
                Requests.make(
                    "PUT",
                    "/api/rooms/a/messages/7/pin",
                    "Origin: http://hub.example"
                )
            )
            #expect(own.status == 200)
        }
    }

    @Test("A preflight says what an allowed origin may send")
    func preflight() async throws {
        let door = ScriptedDoor(origins: ["https://app.example"])
        try await RunningPlane.with(.init(door: door)) { plane in
            let ask = "Access-Control-Request-Method: POST"
            let reply = try await plane.ask(
                Requests.make("OPTIONS", "/api/rooms", "Origin: https://app.example", ask)
            )
            #expect(reply.status == 204)
            #expect(reply["access-control-allow-origin"] == "https://app.example")
            #expect(reply["access-control-allow-methods"] == "GET, POST, HEAD, OPTIONS")
            #expect(reply["access-control-allow-headers"]?.contains("Authorization") == true)
            #expect(reply["access-control-allow-credentials"] == nil)
            let refused = try await plane.ask(
                Requests.make("OPTIONS", "/api/rooms", "Origin: https://evil.example", ask)
            )
            #expect(refused.status == 403)
        }
    }

    @Test("What clients send comes back in no response as markup")
    func scripting() async throws {
        let script = "<script>alert(1)</script>"
        let encoded = PercentCoding.encode(script)
        try await RunningPlane.with { plane in
            for target in ["/\(encoded)", "/api/\(encoded)", "/api/rooms/\(encoded)"] {
                let reply = try await plane.ask(
                    Requests.get(target, "X-Martlet-Name: \(script)", "Origin: \(script)")
                )
                #expect(!reply.text.contains("<script"))
                #expect(reply["content-type"] == "application/json")
                #expect(reply["x-content-type-options"] == "nosniff")
                #expect(reply["access-control-allow-origin"] == nil)
            }
            let split = try await plane.ask(
                Requests.make(
                    "POST",
                    "/api/rooms",
                    json: #"{"room":"a\r\nX-Evil: 1","visibility":"public"}"#
                )
            )
            #expect(split.status == 400)
            #expect(split["x-evil"] == nil)
        }
    }
}
