/// Addresses as people write them and as the kernel has them.

import Synchronization
import Testing

@testable import Reactor

@Suite("Socket addresses")
struct SocketAddressTests {
    @Test(
        "An address reads back as it was written",
        arguments: [
            "127.0.0.1:8000", "0.0.0.0:0", "255.1.2.3:65535", "[::1]:8000", "[2001:db8::7]:443",
            "[fe80::1%2]:80", "unix:/run/hub.sock",
        ]
    )
    func roundTrips(text: String) throws {
        let address = try #require(SocketAddress(parsing: text))
        #expect(address.description == text)
        #expect(address.withSystemAddress { SocketAddress($0, length: $1) } == address)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
            "1.2.3:80", "::1:80", "[::1]", "[127.0.0.1]:80", "[::1%x]:80", "hub.example:80",
            "unix:",
            "[::1%1%2]:80", "unix:/" + String(repeating: "x", count: 107),
        ]
    )
    func refuses(text: String) {
        #expect(SocketAddress(parsing: text) == nil)
    }

    @Test(
        "Only this machine's own addresses are loopback",
        arguments: [
            ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("128.0.0.1:1", false), ("[::1]:1", true),
            ("[::2]:1", false), ("[::ffff:127.0.0.1]:1", true), ("[::ffff:10.0.0.1]:1", false),
            ("0.0.0.0:1", false), ("unix:/x", true),
        ]
    )
    func loopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(SocketAddress(parsing: text)).isLoopback == isLoopback)
    }

    @Test("The host is the address without brackets and port")
    func host() throws {
        #expect(try #require(SocketAddress(parsing: "[::1]:8000")).host == "::1")
        #expect(try #require(SocketAddress(parsing: "10.1.2.3:8000")).host == "10.1.2.3")
    }

    @Test("A numeric host needs no resolver, and an unknown one is an error")
    func resolves() throws {
        #expect(
            try SocketAddress.resolve(host: "127.0.0.1", port: 7) == [.loopback(port: 7)]
        )
        #expect(throws: SocketError.self) {
            try SocketAddress.resolve(host: "no such host", port: 7)
        }
    }

    @Test("A loop looks names up elsewhere, and is told on its own thread")
    func resolvesForLoops() async throws {
        try await withLoops { group in
            let loop = group[0]
            let answers = Mutex<[String: String]>([:])
            for host in ["127.0.0.1", "localhost", "no such host"] {
                loop.submit {
                    loop.resolve(host: host, port: 7) { answer in
                        let text =
                            switch answer {
                            case .success(let places):
                                places.allSatisfy { $0.isLoopback && $0.port == 7 } ? "found" : "?"
                            case .failure(let error): "\(error)"
                            }
                        #expect(loop.isCurrent)
                        answers.withLock { $0[host] = text }
                    }
                }
            }
            try await eventually("Answers are missing.") { answers.withLock { $0.count == 3 } }
            let texts = answers.withLock(\.self)
            #expect(texts["127.0.0.1"] == "found" && texts["localhost"] == "found")
            #expect(texts["no such host"]?.contains("has no address") == true)
        }
    }
}
