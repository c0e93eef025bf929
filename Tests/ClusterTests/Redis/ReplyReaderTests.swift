import Testing

@testable import Cluster

@Suite("Answers from bytes")
struct ReplyReaderTests {
    private func read(
        _ pieces: [[UInt8]],
        _ limits: ReplyLimits = ReplyLimits()
    ) throws -> [RedisValue] {
        let reader = ReplyReader(limits)
        var values: [RedisValue] = []
        for piece in pieces {
            piece.withUnsafeBytes { reader.feed($0) }
            while let value = try reader.next() { values.append(value) }
        }
        return values
    }

    private let conversation = [UInt8](
        "+OK\r\n:-42\r\n$-1\r\n*-1\r\n$0\r\n\r\n$5\r\na\r\n\0b\r\n*0\r\n-MOVED 1 a:1\r\n"
            + "*3\r\n*2\r\n:1\r\n$1\r\nx\r\n-ERR no\r\n$-1\r\n"
    )
    private let values: [RedisValue] = [
        .status("OK"), .integer(-42), .null, .null, .bytes([]), .bytes([UInt8]("a\r\n\0b")),
        .array([]), .error(RedisServerError("MOVED 1 a:1")),
        .array([
            .array([.integer(1), .bytes([UInt8]("x"))]), .error(RedisServerError("ERR no")), .null,
        ]),
    ]

    @Test("They are the same however they are cut")
    func survivesCuts() throws {
        #expect(try read([conversation]) == values)
        #expect(try read(conversation.map { [$0] }) == values)
        for cut in conversation.indices {
            #expect(try read([Array(conversation[..<cut]), Array(conversation[cut...])]) == values)
        }
    }

    @Test("What is cut off is no answer yet")
    func waits() throws {
        for end in conversation.indices {
            let found = try read([Array(conversation[..<end])])
            #expect(found == Array(values.prefix(found.count)) && found.count < values.count)
        }
    }

    @Test(
        "What isn't RESP is refused",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n", "$x\r\n", "*x\r\n", "*-2\r\n", "$-2\r\n", ":\r\n",
            ":9x\r\n", "*4294967297\r\n", "$9223372036854775808\r\n", "\r\n", "%1\r\n",
            String(repeating: "*1\r\n", count: 12) + ":1\r\n",
        ]
    )
    func refuses(text: String) {
        #expect(throws: ReplyReader.Violation.self) { try read([[UInt8](text)]) }
        #expect(throws: ReplyReader.Violation.self) { try read([UInt8](text).map { [$0] }) }
    }

    @Test("More than the limits allow is refused before it is allocated")
    func isBounded() throws {
        let limits = ReplyLimits(bytes: 1000, elements: 10)
        #expect(throws: ReplyReader.Violation.self) {
            try read([[UInt8]("*2147483647\r\n")], limits)
        }
        #expect(throws: ReplyReader.Violation.self) { try read([[UInt8]("*11\r\n")], limits) }
        // Together, too.
        #expect(throws: ReplyReader.Violation.self) {
            try read([[UInt8]("*6\r\n*5\r\n")], limits)
        }
        #expect(
            try read([[UInt8]("*10\r\n" + String(repeating: ":1\r\n", count: 10))], limits)
                .count == 1
        )
        let filler = [UInt8](repeating: 120, count: 600)
        #expect(throws: ReplyReader.Violation.self) {
            try read([[UInt8]("$9999999\r\n"), filler, filler], limits)
        }
        #expect(throws: ReplyReader.Violation.self) { try read([[43], filler, filler], limits) }
        // Each answer has a limit of its own.
        let answer = [UInt8]("$600\r\n") + filler + [13, 10]
        #expect(try read(Array(repeating: answer, count: 5), limits).count == 5)
        let many = [UInt8]("*6\r\n" + String(repeating: ":1\r\n", count: 6))
        #expect(try read([many + many + many], limits).count == 3)
    }

    @Test("Random bytes end in answers or a refusal, never in a trap")
    func survivesNoise() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let alphabet = [UInt8]("+-:$*\r\n0123456789x")
        for _ in 0..<3000 {
            let bytes = (0..<Int(next() % 60)).map { _ in
                alphabet[Int(next() % UInt64(alphabet.count))]
            }
            let limits = ReplyLimits(bytes: 1000, elements: 100)
            _ = try? read([bytes], limits)
            _ = try? read(bytes.map { [$0] }, limits)
        }
    }
}
