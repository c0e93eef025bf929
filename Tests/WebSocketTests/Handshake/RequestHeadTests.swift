import Testing

@testable import WebSocket

@Suite("Request heads")
struct RequestHeadTests {
    private let request =
        "GET /ws?token=a%20b&x HTTP/1.1\r\nHost: hub.example\r\nX-A:1\r\nx-a: \t 2 \r\n\r\n"

    /// In bytes, since CR LF is one character.
    private func prefix(_ byteCount: Int) -> String {
        String(decoding: request.utf8.prefix(byteCount), as: UTF8.self)
    }

    @Test("A head is read into its parts, and what follows is left alone")
    func parts() throws {
        let (head, byteCount) = try #require(try RequestHead.parse(request + "\u{1}frames"))
        #expect(byteCount == request.utf8.count)
        #expect(head.method == "GET")
        #expect(head.target == "/ws?token=a%20b&x")
        #expect(head.path == "/ws")
        #expect(head.query == "token=a%20b&x")
        #expect(head.minorVersion == 1)
        #expect(head.fields["HOST"] == "hub.example")
        #expect(head.fields.values(of: "X-a") == ["1", "2"])
        #expect(head.fields["Absent"] == nil)
    }

    @Test("Every beginning of a head asks for more")
    func everyCut() throws {
        for end in 0..<request.utf8.count {
            #expect(try RequestHead.parse(prefix(end)) == nil)
        }
    }

    @Test(
        "A target is parted into path and query",
        arguments: [
            ("/", "/", nil), ("/a?", "/a", ""), ("/a?b=c?d", "/a", "b=c?d"),
            ("http://h:80/a?b", "/a", "b"), ("http://h", "/", nil), ("https://h?q", "/", "q"),
            ("/x?u=http://h/y", "/x", "u=http://h/y"), ("*", "*", nil), ("h:443", "h:443", nil),
        ] as [(String, String, String?)]
    )
    func targets(target: String, path: String, query: String?) throws {
        let (head, _) = try #require(try RequestHead.parse("GET \(target) HTTP/1.1\r\n\r\n"))
        #expect(head.path == path)
        #expect(head.query == query)
    }

    @Test("Query items are decoded; broken escapes stand for themselves")
    func queryItems() throws {
        let text = "GET /?a=1&b+c=%C3%A9+x&d&e=%2&f=%zz&g=%FF&a=2&=n HTTP/1.1\r\n\r\n"
        let (head, _) = try #require(try RequestHead.parse(text))
        #expect(head.queryItem("a") == "1")
        #expect(head.queryItem("b c") == "é x")
        #expect(head.queryItem("d") == "")
        #expect(head.queryItem("e") == "%2")
        #expect(head.queryItem("f") == "%zz")
        #expect(head.queryItem("g") == "\u{FFFD}")
        #expect(head.queryItem("h") == nil)
    }

    @Test(
        "Legal heads pass, whatever they ask for",
        arguments: [
            "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
            "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "M-SEARCH * HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\nX-Empty: \r\n\r\n",
            "GET / HTTP/1.1\r\nX: caf\u{E9}\ta \"b\"; c=(d)\r\n!#$%&'*+-.^_`|~09: x\r\n\r\n",
        ]
    )
    func legal(text: String) throws {
        #expect(try RequestHead.parse(text) != nil)
    }

    @Test(
        "Malformed heads are refused",
        arguments: [
            ("GET / HTTP/1.1\nHost: h\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n A: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\u{0}\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\u{7F}\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA : b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA(: b\r\n\r\n", 400),
            ("G(T / HTTP/1.1\r\n\r\n", 400),
            (" GET / HTTP/1.1\r\n\r\n", 400),
            ("GET  / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1 \r\n\r\n", 505),
            ("GET /a b HTTP/1.1\r\n\r\n", 400),
            ("GET /é HTTP/1.1\r\n\r\n", 400),
            ("GET /\r\n\r\n", 400),
            ("GET / http/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.2\r\n\r\n", 505),
            ("PRI * HTTP/2.0\r\n\r\n", 505),
            ("\u{16}\u{3}\u{1}", 400),
            ("GET\t/ HTTP/1.1\r\n\r\n", 400),
            ("\n", 400),
        ]
    )
    func malformed(text: String, status: Int) {
        do {
            let found = try RequestHead.parse(text)
            Issue.record("It was read as \(String(describing: found))")
        } catch {
            #expect(error.status == status)
        }
    }

    @Test("A head of the largest size passes, a larger one is refused before its end has come")
    func size() throws {
        let limits = HeadLimits(bytesMaximum: request.utf8.count)
        #expect(try RequestHead.parse(request, limits: limits) != nil)
        #expect(try RequestHead.parse(request + "frames", limits: limits) != nil)
        let less = HeadLimits(bytesMaximum: request.utf8.count - 1)
        #expect(refusal(request, less) == 431)
        #expect(refusal(prefix(40), HeadLimits(bytesMaximum: 40)) == 431)
        let small = HeadLimits(bytesMaximum: 100)
        #expect(refusal("GET /" + String(repeating: "a", count: 95), small) == 414)
        #expect(refusal(String(repeating: "\r\n", count: 50), small) == 414)
    }

    @Test("Too many fields are refused")
    func fieldCount() throws {
        let head = "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 5) + "\r\n"
        #expect(try RequestHead.parse(head, limits: HeadLimits(fieldsMaximum: 5)) != nil)
        #expect(refusal(head, HeadLimits(fieldsMaximum: 4)) == 431)
    }

    private func refusal(_ text: String, _ limits: HeadLimits) -> Int? {
        do {
            _ = try RequestHead.parse(text, limits: limits)
            return nil
        } catch {
            return error.status
        }
    }

    @Test("Noise never traps", arguments: 0..<300)
    func noise(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        var bytes = Array((request + request).utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: position)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
            }
        }
        if let (head, byteCount) = try? RequestHead.parse(bytes.span) {
            #expect(byteCount <= bytes.count)
            _ = (head.path, head.query, head.queryItem("token"), try? UpgradeRequest(head))
        }
    }
}
