import Testing

@testable import WebSocket

@Suite("Opening, the server's side")
struct UpgradeRequestTests {
    private static let sample: HeaderFields = [
        "Host": "server.example.com", "Upgrade": "websocket", "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "http://example.com",
        "Sec-WebSocket-Protocol": "chat, superchat", "Sec-WebSocket-Version": "13",
    ]

    /// The RFC's request, with one field changed, left out (nil) or added.
    private func head(
        _ name: String = "",
        _ value: String? = nil,
        start: String = "GET /chat HTTP/1.1"
    ) throws -> RequestHead {
        var text = start + "\r\n"
        for field in Self.sample.fields where field.name != name {
            text += "\(field.name): \(field.value)\r\n"
        }
        if let value { text += "\(name): \(value)\r\n" }
        return try #require(try RequestHead.parse(text + "\r\n")).head
    }

    private func status(_ head: RequestHead) -> Int? {
        do {
            _ = try UpgradeRequest(head)
            return nil
        } catch {
            return error.status
        }
    }

    @Test("The RFC's request is answered with the RFC's answer")
    func sample() throws {
        let request = try UpgradeRequest(try head())
        #expect(request.host == "server.example.com")
        #expect(request.origin == "http://example.com")
        #expect(request.subprotocols == ["chat", "superchat"])
        let answer = """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            Sec-WebSocket-Protocol: chat\r
            X-More: 1\r
            \r

            """
        let response = request.response(subprotocol: "chat", fields: ["X-More": "1"])
        #expect(String(decoding: response, as: UTF8.self) == answer)
    }

    @Test("Compression is agreed in the answer")
    func compression() throws {
        let offer = "x-other, permessage-deflate; client_max_window_bits"
        let request = try UpgradeRequest(try head("Sec-WebSocket-Extensions", offer))
        let agreed = try #require(DeflatePolicy().accept(request.extensions))
        let response = String(decoding: request.response(compression: agreed), as: UTF8.self)
        let expected =
            "Sec-WebSocket-Extensions: "
            + "permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n"
        #expect(response.contains(expected))
    }

    @Test("Case, order and company of tokens don't matter")
    func lenient() throws {
        #expect(status(try head("Upgrade", "h2c , WebSocket")) == nil)
        #expect(status(try head("Connection", "keep-alive,  upgrade")) == nil)
        #expect(status(try head("Content-Length", "0")) == nil)
        #expect(status(try head("Origin", nil)) == nil)
    }

    @Test(
        "What is wrong or missing is refused",
        arguments: [
            ("Host", nil, 400), ("Host", "a\r\nHost: b", 400), ("Upgrade", nil, 400),
            ("Upgrade", "h2c", 400), ("Upgrade", "websockets", 400), ("Connection", nil, 400),
            ("Connection", "close", 400), ("Content-Length", "5", 400),
            ("Transfer-Encoding", "chunked", 400), ("Sec-WebSocket-Version", nil, 426),
            ("Sec-WebSocket-Version", "8", 426), ("Sec-WebSocket-Version", "13, 8", 426),
            ("Sec-WebSocket-Key", nil, 400), ("Sec-WebSocket-Key", "", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZWE=", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j?Q==", 400),
            ("Sec-WebSocket-Protocol", "a b", 400), ("Sec-WebSocket-Extensions", "a;", 400),
        ] as [(String, String?, Int)]
    )
    func refused(name: String, value: String?, expected: Int) throws {
        #expect(status(try head(name, value)) == expected)
    }

    @Test("Only GET over HTTP/1.1 asks for a WebSocket")
    func start() throws {
        #expect(status(try head(start: "POST /chat HTTP/1.1")) == 405)
        let old = try head(start: "GET /chat HTTP/1.0")
        #expect(!old.asksForWebSocket)
        #expect(status(old) == 400)
        #expect(try head().asksForWebSocket)
        #expect(try !head("Upgrade", "h2c").asksForWebSocket)
    }

    @Test("Another version is answered with the one that is spoken")
    func upgradeRequired() throws {
        do {
            _ = try UpgradeRequest(try head("Sec-WebSocket-Version", "7"))
            Issue.record("It was accepted")
        } catch let refusal as HandshakeRefusal {
            let text = String(decoding: refusal.response, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 426 Upgrade Required\r\n"))
            #expect(text.contains("\r\nSec-WebSocket-Version: 13\r\n"))
            #expect(text.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test("A value can't smuggle a field into an answer")
    func injection() {
        let refusal = HandshakeRefusal(403, "No", fields: ["X": "a\r\nSet-Cookie: b"])
        let text = String(decoding: refusal.response, as: UTF8.self)
        #expect(text.contains("\r\nX: a  Set-Cookie: b\r\n"))
    }
}
