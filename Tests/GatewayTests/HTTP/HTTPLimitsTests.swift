import Hub
import Testing

@testable import Gateway

@Suite("Limits of an HTTP connection")
struct HTTPLimitsTests {
    private func settings(
        _ change: (inout HTTPLimits) -> Void
    ) -> RunningPlane.Settings {
        var settings = RunningPlane.Settings()
        change(&settings.limits)
        return settings
    }

    @Test("A head that never ends is answered with 408 and closed")
    func slowHead() async throws {
        let settings = settings { $0.headTimeout = .milliseconds(100) }
        try await RunningPlane.with(settings) { plane in
            let client = try plane.client()
            try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 408)
            #expect(reply.code == "bad_request")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("Bytes that trickle in don't buy a slow head more time")
    func slowloris() async throws {
        let settings = settings { $0.headTimeout = .milliseconds(200) }
        try await RunningPlane.with(settings) { plane in
            let client = try plane.client()
            async let reply = client.reply()
            try await client.send("GET /healthz HTTP/1.1\r\n")
            var isOver = false
            for number in 0..<200 where !isOver {
                try? await Task.sleep(for: .milliseconds(20))
                do { try await client.send("X-\(number): a\r\n") } catch { isOver = true }
            }
            #expect(isOver)
            #expect(try await reply.status == 408)
        }
    }

    @Test("A body that never ends is answered with 408 and closed")
    func slowBody() async throws {
        let settings = settings { $0.bodyTimeout = .milliseconds(100) }
        try await RunningPlane.with(settings) { plane in
            let client = try plane.client()
            let reply = try await client.ask(
                "POST /api/rooms/a/messages HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            #expect(reply.status == 408)
            #expect(try await client.rest().isEmpty)
            #expect(plane.performer.asks.isEmpty)
        }
    }

    @Test("A connection without requests is closed without a word")
    func idle() async throws {
        let settings = settings { $0.idleTimeout = .seconds(1) }
        try await RunningPlane.with(settings) { plane in
            let silent = try plane.client()
            #expect(try await silent.rest().isEmpty)
            let used = try plane.client()
            #expect(try await used.ask(Requests.get("/healthz")).status == 200)
            #expect(try await used.rest().isEmpty)
        }
    }

    @Test("A request that takes long to answer is not taken for an idle connection")
    func longAnswer() async throws {
        var settings = settings {
            $0.idleTimeout = .milliseconds(700)
            $0.headTimeout = .milliseconds(700)
            $0.bodyTimeout = .milliseconds(700)
        }
        settings.performer = ScriptedPerformer { _ throws(Rejection) in
            try? await Task.sleep(for: .seconds(2))
            return [:]
        }
        try await RunningPlane.with(settings) { plane in
            let reply = try await plane.ask(Requests.get("/api/rooms/a"))
            #expect(reply.status == 200)
        }
    }

    @Test("A client that takes nothing of its response is closed")
    func stalled() async throws {
        var settings = settings { $0.stallTimeout = .milliseconds(100) }
        let large = String(repeating: "x", count: 16_000_000)
        settings.performer = ScriptedPerformer { _ throws(Rejection) in ["large": .string(large)] }
        try await RunningPlane.with(settings) { plane in
            let client = try plane.client()
            try await client.send(Requests.get("/api/rooms/a"))
            let open = plane.instruments.connections["http"]
            for _ in 0..<500 where open.value > 0 || plane.performer.asks.isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(open.value == 0)
        }
    }

    @Test("A target over the limit is answered with 414", arguments: [8193, 20_000, 40_000])
    func target(length: Int) async throws {
        try await RunningPlane.with { plane in
            let target = "/" + String(repeating: "a", count: length - 1)
            let client = try plane.client()
            try await client.send(Requests.get(target))
            let reply = try await client.reply()
            #expect(reply.status == 414)
            #expect(reply.code == "too_large")
        }
    }

    @Test(
        "Fields over the limit are answered with 431",
        arguments: [(1, 40_000), (40, 1000), (150, 8)]
    )
    func fields(count: Int, length: Int) async throws {
        try await RunningPlane.with { plane in
            var request = "GET /healthz HTTP/1.1\r\nHost: a\r\n"
            for number in 0..<count {
                request += "X-\(number): \(String(repeating: "b", count: length))\r\n"
            }
            let client = try plane.client()
            try await client.send(request + "\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 431)
            #expect(reply.code == "too_large")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("A body over its route's cap is answered with 413, however its length is told")
    func body() async throws {
        try await RunningPlane.with { plane in
            let large = String(repeating: "x", count: 20_000)
            let post =
                "POST /api/rooms/a/read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            let told = try plane.client()
            try await told.send(post + "Content-Length: 20000\r\n\r\n" + large)
            #expect(try await told.reply().status == 413)
            #expect(try await told.rest().isEmpty)
            let chunked = try plane.client()
            try await chunked.send(post + "Transfer-Encoding: chunked\r\n\r\n4e20\r\n\(large)\r\n")
            let reply = try await chunked.reply()
            #expect(reply.status == 413)
            #expect(reply.code == "too_large")
            #expect(plane.performer.asks.isEmpty)
            // The same body is within the cap of another route.
            let content = #"{"content":"\#(large)"}"#
            let wide = try await plane.ask(
                Requests.make("POST", "/api/rooms/a/messages", json: content)
            )
            #expect(wide.status == 200)
        }
    }

    @Test(
        "What is no HTTP/1.1 request is answered with 400 and closed",
        arguments: [
            "NONSENSE\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET /healthz HTTP/1.1\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n",
            "GET /healthz HTTP/3.9\r\nHost: a\r\n\r\n",
            "POST /api/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /api/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST /api/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ]
    )
    func malformed(request: String) async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            let reply = try await client.ask(request)
            #expect(reply.status == 400)
            #expect(reply.code == "bad_request")
            #expect(reply["connection"] == "close")
            #expect(try await client.rest().isEmpty)
            #expect(plane.performer.asks.isEmpty)
        }
    }

    @Test("A malformed request behind a good one is refused after the good one's answer")
    func malformedAfterGood() async throws {
        let performer = ScriptedPerformer { _ throws(Rejection) in
            try? await Task.sleep(for: .milliseconds(50))
            return ["first": true]
        }
        try await RunningPlane.with(.init(performer: performer)) { plane in
            let client = try plane.client()
            try await client.send(Requests.get("/api/rooms/a") + "NONSENSE\r\n\r\n")
            #expect(try await client.reply().json?["first"]?.bool == true)
            #expect(try await client.reply().status == 400)
            #expect(try await client.rest().isEmpty)
        }
    }
}
