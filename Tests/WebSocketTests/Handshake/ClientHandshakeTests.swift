import Testing

@testable import WebSocket

@Suite("Opening, the client's side")
struct ClientHandshakeTests {
    private let handshake = ClientHandshake(
        host: "h:80",
        target: "/ws?a=b",
        subprotocols: ["martlet.v1", "other"],
        compression: DeflateOffer(),
        fields: ["Authorization": "Bearer x"],
        key: "dGhlIHNhbXBsZSBub25jZQ=="
    )

    private func check(_ text: String) throws -> ClientHandshake.Agreement {
        let (head, byteCount) = try #require(try ResponseHead.parse(Array(text.utf8)))
        #expect(byteCount == text.utf8.count)
        return try handshake.check(head)
    }

    private let accepted =
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: upgrade\r\n"
        + "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"

    @Test("A client and a server of this module understand each other")
    func bothSides() throws {
        let bytes = handshake.request
        let (head, _) = try #require(try RequestHead.parse(bytes.span))
        let request = try UpgradeRequest(head)
        #expect(head.queryItem("a") == "b")
        #expect(head.fields["authorization"] == "Bearer x")
        let agreed = DeflatePolicy().accept(request.extensions)
        let response = request.response(subprotocol: "martlet.v1", compression: agreed)
        let answer = try #require(try ResponseHead.parse(response))
        let agreement = try handshake.check(answer.head)
        #expect(agreement.subprotocol == "martlet.v1")
        #expect(agreement.compression == agreed)
        #expect(agreed?.serverKeepsContext == false)
    }

    @Test("Keys are not repeated")
    func keys() {
        let requests = (0..<20).map { _ in ClientHandshake(host: "h", target: "/").request }
        #expect(Set(requests).count == 20)
    }

    @Test("The least an answer must have is enough")
    func least() throws {
        let agreement = try check(accepted + "\r\n")
        #expect(agreement == ClientHandshake.Agreement(subprotocol: nil, compression: nil))
    }

    @Test(
        "An answer that was not asked for is refused",
        arguments: [
            "Sec-WebSocket-Protocol: third\r\n",
            "Sec-WebSocket-Protocol: other\r\nSec-WebSocket-Protocol: other\r\n",
            "Sec-WebSocket-Extensions: x-other\r\n",
            "Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate\r\n",
            "Sec-WebSocket-Extensions: permessage-deflate; unknown\r\n",
            "Sec-WebSocket-Extensions: ;\r\n",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
        ]
    )
    func refused(field: String) {
        #expect(throws: HandshakeFailure.self) { try check(accepted + field + "\r\n") }
    }

    @Test("Another status, another key or another protocol is refused")
    func wrongAnswers() {
        let answers = [
            accepted.replacing("101", with: "200"), accepted.replacing("s3p", with: "S3p"),
            accepted.replacing("WebSocket", with: "h2c"),
            accepted.replacing("connection: upgrade\r\n", with: ""),
        ]
        for answer in answers {
            #expect(throws: HandshakeFailure.self) { try check(answer + "\r\n") }
        }
    }

    @Test(
        "What is no HTTP/1.1 answer is refused",
        arguments: ["SSH-2.0-x\r\n\r\n", "HTTP/1.1 1x1 A\r\n\r\n", "HTTP/1.1 101 A\n\n", "\u{0}"]
    )
    func noAnswer(text: String) {
        #expect(throws: HandshakeFailure.self) { try ResponseHead.parse(Array(text.utf8)) }
    }

    @Test("A reason phrase may be long, empty, or missing")
    func reasonPhrases() throws {
        for phrase in [" Switching the Protocols", " ", ""] {
            let text = "HTTP/1.1 101\(phrase)\r\n\r\n"
            #expect(try ResponseHead.parse(Array(text.utf8))?.head.status == 101)
        }
    }
}
