import Testing

@testable import Gateway

@Suite("The PROXY protocol")
struct ProxyProtocolTests {
    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    private static func binary(_ command: UInt8, _ family: UInt8, _ body: [UInt8]) -> [UInt8] {
        signature + [command, family, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
    }

    private static let v4: [UInt8] = [192, 0, 2, 1, 10, 0, 0, 1, 0x1F, 0x90, 0x01, 0xBB]
    private static let v6: [UInt8] =
        [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [1]
        + Array(repeating: 0, count: 15) + [1] + [0x1F, 0x90, 0x01, 0xBB]

    private static func good() throws -> [([UInt8], ProxyHeader)] {
        let first = ProxyHeader.proxied(try #require(IPAddress("192.0.2.1")), port: 8_080)
        let second = ProxyHeader.proxied(try #require(IPAddress("2001:db8::1")), port: 8_080)
        return [
            (binary(0x21, 0x11, v4), first),
            (binary(0x21, 0x12, v4 + [3, 0, 4, 1, 2, 3, 4]), first),
            (binary(0x21, 0x21, v6), second),
            (binary(0x20, 0x00, []), .local),
            (binary(0x20, 0x11, v4), .local),
            (binary(0x21, 0x00, [1, 2, 3]), .local),
            (binary(0x21, 0x31, Array(repeating: 0, count: 216)), .local),
            (Array("PROXY TCP4 192.0.2.1 10.0.0.1 8080 443\r\n".utf8), first),
            (Array("PROXY TCP6 2001:db8::1 ::1 8080 443\r\n".utf8), second),
            (Array("PROXY UNKNOWN\r\n".utf8), .local),
            (Array("PROXY UNKNOWN ff:ff 1 2 3 anything\r\n".utf8), .local),
        ]
    }

    @Test("A header is read whole, split at every byte, with a request behind it")
    func splits() throws {
        let request = Array("GET / HTTP/1.1\r\n\r\n".utf8)
        for (bytes, expected) in try Self.good() {
            let all = bytes + request
            for end in 0..<bytes.count {
                #expect(ProxyProtocol.parse(Array(all[..<end])) == .needsMore, "\(bytes) at \(end)")
            }
            for end in bytes.count...all.count {
                let result = ProxyProtocol.parse(Array(all[..<end]))
                #expect(result == .header(expected, length: bytes.count), "\(bytes) at \(end)")
            }
        }
    }

    @Test("What is no header is malformed")
    func malformed() {
        let bad: [[UInt8]] = [
            Array("GET / HTTP/1.1\r\n".utf8), [0x16, 3, 1], [0x0D, 0x0A, 0x0D, 0x0B],
            Self.binary(0x11, 0x11, Self.v4), Self.binary(0x22, 0x11, Self.v4),
            Self.binary(0x21, 0x13, Self.v4), Self.binary(0x21, 0x41, Self.v4),
            Self.binary(0x21, 0x11, Array(Self.v4.dropLast())),
            Self.binary(0x21, 0x21, Array(Self.v6.dropLast())), Self.binary(0x21, 0x11, []),
            Self.signature + [0x21, 0x11, 0xFF, 0xFF], Self.signature + [0x31],
            Array("PROXY\r\n".utf8), Array("PROXY \r\n".utf8), Array("PROXY TCP4\r\n".utf8),
            Array("PROXY TCP5 1.1.1.1 1.1.1.1 1 1\r\n".utf8),
            Array("PROXY TCP4 1.1.1.1 1.1.1.1 1\r\n".utf8),
            Array("PROXY TCP4 1.1.1.1 1.1.1.1 1 65536\r\n".utf8),
            Array("PROXY TCP4 1.1.1.1 1.1.1.1 +1 1\r\n".utf8),
            Array("PROXY TCP4 ::1 1.1.1.1 1 1\r\n".utf8),
            Array("PROXY TCP6 1.1.1.1 1.1.1.1 1 1\r\n".utf8),
            Array("PROXY TCP4  1.1.1.1 1.1.1.1 1 1\r\n".utf8),
            Array("PROXY TCP4 1.1.1.1 1.1.1.1 1 1\n".utf8),
            Array("PROXY TCP4 1.1.1.1 1.1.1.1 1 1 1\r\n".utf8),
            Array("PROXY \n".utf8), Array(("PROXY " + String(repeating: "x", count: 200)).utf8),
        ]
        for bytes in bad {
            #expect(ProxyProtocol.parse(bytes) == .malformed, "\(bytes)")
        }
    }

    @Test("Random bytes and random changes never trap, and a length never exceeds what there is")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 21)
        let seeds = try Self.good().map(\.0)
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
            if case .header(_, let length) = ProxyProtocol.parse(bytes) {
                #expect(length <= bytes.count)
                #expect(length > 0)
            }
        }
    }
}
