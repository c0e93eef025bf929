import Hub
import Testing

@testable import Gateway

@Suite("The HTTP plane")
struct HTTPPlaneTests {
    @Test("A socket that is handed over is served, its first bytes first")
    func handOver() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client(firstBytes: Array("GET /healthz HT".utf8))
            try await client.send("TP/1.1\r\nHost: a\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 200)
            #expect(reply.text == #"{"status":"ok"}"#)
        }
    }

    @Test("The bytes already read are replayed wherever the read was cut")
    func replay() async throws {
        let request = Array(
            Requests.make("POST", "/api/rooms/a/messages", json: #"{"content":"hi"}"#).utf8
        )
        try await RunningPlane.with { plane in
            for cut in 0...request.count {
                let client = try plane.client(firstBytes: Array(request[..<cut]))
                if cut < request.count { try await client.send(Array(request[cut...])) }
                let reply = try await client.reply()
                // The script's answer has no message id, so there is nothing to point to.
                #expect(reply.status == 200, "cut at \(cut)")
            }
            #expect(plane.performer.asks.count == request.count + 1)
            let contents = plane.performer.asks.map { $0.fields["data"]?["content"]?.string }
            #expect(contents.allSatisfy { $0 == "hi" })
        }
    }

    @Test("A request that arrives byte by byte is a request")
    func byteByByte() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            for byte in Requests.get("/healthz").utf8 { try await client.send([byte]) }
            #expect(try await client.reply().status == 200)
        }
    }

    @Test("Pipelined requests are answered in order")
    func pipelining() async throws {
        let performer = ScriptedPerformer { ask throws(Rejection) in
            // The first takes longest.
            let delay = ask.topic?.name == "1" ? 100 : 1
            try? await Task.sleep(for: .milliseconds(delay))
            return ["room": .string(String(ask.topic?.name ?? ""))]
        }
        try await RunningPlane.with(.init(performer: performer)) { plane in
            let client = try plane.client()
            let requests = (1...20).map { Requests.get("/api/rooms/\($0)") }
            try await client.send(requests.joined())
            for number in 1...20 {
                let reply = try await client.reply()
                #expect(reply.json?["room"]?.string == String(number))
            }
        }
    }

    @Test("HEAD has the length of GET and no body")
    func head() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            let head = try await client.ask(Requests.head("/healthz"))
            let get = try await client.ask(Requests.get("/healthz"))
            #expect(head.status == 200)
            #expect(head["content-length"] == String(get.body.count))
            #expect(get.body.isEmpty == false)
        }
    }

    @Test("Expect: 100-continue is answered before the body is sent")
    func expectContinue() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            let body = #"{"content":"hi"}"#
            let request = Requests.make(
                "POST",
                "/api/rooms/a/messages",
                json: body,
                "Expect: 100-continue"
            )
            try await client.send(String(request.dropLast(body.count)))
            #expect(try await client.reply().status == 100)
            try await client.send(body)
            #expect(try await client.reply().status == 200)
        }
    }

    @Test("A refused Expect gets its refusal instead of 100, and the connection ends")
    func expectRefused() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            let reply = try await client.ask(
                "POST /api/rooms/a/messages HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n"
            )
            #expect(reply.status == 415)
            #expect(reply["connection"] == "close")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("A client that asks for close, or speaks HTTP/1.0, is closed on")
    func close() async throws {
        try await RunningPlane.with { plane in
            let modern = try plane.client()
            let reply = try await modern.ask(Requests.get("/healthz", "Connection: close"))
            #expect(reply["connection"] == "close")
            #expect(try await modern.rest().isEmpty)
            let old = try plane.client()
            #expect(try await old.ask("GET /healthz HTTP/1.0\r\n\r\n").status == 200)
            #expect(try await old.rest().isEmpty)
        }
    }

    @Test("Every response says when it was made")
    func date() async throws {
        try await RunningPlane.with { plane in
            let reply = try await plane.ask(Requests.get("/nowhere"))
            let date = try #require(reply["date"])
            #expect(date.hasSuffix(" GMT"))
            #expect(date.count == "Sun, 06 Nov 1994 08:49:37 GMT".count)
        }
    }

    @Test("A chunked body is put together")
    func chunked() async throws {
        try await RunningPlane.with { plane in
            let reply = try await plane.ask(
                "POST /api/rooms/a/messages HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/json; charset=utf-8\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "9\r\n{\"content\r\n8\r\n\":\"parts\r\n2\r\n\"}\r\n0\r\n\r\n"
            )
            #expect(reply.status == 200)
            let content = plane.performer.asks.first?.fields["data"]?["content"]?.string
            #expect(content == "parts")
        }
    }

    @Test("Draining finishes the request in progress, closes idle connections, and says not ready")
    func drain() async throws {
        let latch = Latch()
        let performer = ScriptedPerformer { _ throws(Rejection) in
            await latch.wait()
            return ["done": true]
        }
        try await RunningPlane.with(.init(performer: performer)) { plane in
            let idle = try plane.client()
            #expect(try await idle.ask(Requests.get("/readyz")).status == 200)
            let busy = try plane.client()
            try await busy.send(Requests.get("/api/rooms/a"))
            while performer.asks.isEmpty { await Task.yield() }
            async let shutdown: Void = plane.plane.shutdown(grace: .seconds(60))
            // One loop serves both: when the idle one is closed, the drain has come to the other.
            #expect(try await idle.rest().isEmpty)
            latch.open()
            let reply = try await busy.reply()
            #expect(reply.json?["done"]?.bool == true)
            #expect(reply["connection"] == "close")
            await shutdown
            #expect(plane.instruments.connections["http"].value == 0)
            let late = try plane.client()
            await #expect(throws: SocketError.self) {
                _ = try await late.ask(Requests.get("/healthz"))
            }
        }
    }
}
