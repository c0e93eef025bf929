import Testing

@testable import Gateway

@Suite("Origins")
struct OriginsTests {
    @Test(
        "Without a list, pages of the hub's own address are let in",
        arguments: [
            (nil, "chat.example", true), ("https://chat.example", "chat.example", true),
            ("https://CHAT.example", "chat.EXAMPLE", true),
            ("https://chat.example", "chat.example:443", true),
            ("https://chat.example:443", "chat.example", true),
            ("http://chat.example:8000", "chat.example:8000", true),
            ("http://[::1]:8000", "[::1]:8000", true), ("http://[::1]", "[::1]", true),
            ("http://chat.example:8001", "chat.example:8000", false),
            ("https://evil.example", "chat.example", false),
            ("https://chat.example.evil.example", "chat.example", false),
            ("null", "chat.example", false),
            ("https://chat.example", nil, false), ("", "chat.example", false),
            ("chat.example", "chat.example", false),
            ("https://", "", false), ("https://chat.example/x", "chat.example/x", false),
        ] as [(String?, String?, Bool)]
    )
    func sameHost(origin: String?, host: String?, isAllowed: Bool) {
        #expect(Origins([], isOpen: false).allow(origin, host: host) == isAllowed)
    }

    @Test(
        "With a list, only what matches it is let in",
        arguments: [
            ("https://a.example.org", true), ("https://A.Example.org", true),
            ("https://a.b.example.org", true),
            ("https://example.org", false), ("http://a.example.org", false),
            ("https://a.example.org:444", false),
            ("https://a.example.org.evil.com", false), ("https://exact.example:1234", true),
            ("https://exact.example", false), ("https://hub.example", false), ("null", false),
        ]
    )
    func list(origin: String, isAllowed: Bool) {
        let origins = Origins(
            ["https://*.example.org", "https://exact.example:1234"],
            isOpen: false
        )
        #expect(origins.allow(origin, host: "hub.example") == isAllowed)
        #expect(Origins(["*"], isOpen: false).allow(origin, host: nil))
    }

    @Test(
        "An open hub lets in pages of this machine, and no name that was rebound to it",
        arguments: [
            ("http://localhost:3000", "localhost:8000", true),
            ("http://127.0.0.1:8000", "127.0.0.1:8000", true),
            ("http://[::1]:8000", "localhost", true), ("http://app.localhost", "x", true),
            ("http://evil.example:8000", "evil.example:8000", false),
            ("https://evil.example", "127.0.0.1:8000", false),
            ("http://127.0.0.1.evil.example", "127.0.0.1", false),
            ("http://localhost.evil.example", "x", false),
            ("http://notlocalhost", "localhost", false),
        ]
    )
    func open(origin: String, host: String, isAllowed: Bool) {
        #expect(Origins([], isOpen: true).allow(origin, host: host) == isAllowed)
    }

    @Test("An open hub answers under names of this machine only; others under any")
    func hosts() {
        let open = Origins([], isOpen: true)
        for host in ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"] {
            #expect(open.allow(host: host), "\(host)")
        }
        for host in ["evil.example", "evil.example:8000", "127.0.0.1.nip.io", ""] {
            #expect(!open.allow(host: host), "\(host)")
            #expect(Origins([], isOpen: false).allow(host: host))
        }
        #expect(open.allow(host: nil))
    }

    @Test("A star stands for any run of characters, in time that does not explode")
    func glob() {
        #expect(Origins.glob("a*c", matches: "abbbc"))
        #expect(Origins.glob("a*c", matches: "ac"))
        #expect(!Origins.glob("a*c", matches: "acb"))
        #expect(Origins.glob("*", matches: ""))
        let hostile = String(repeating: "a*", count: 200) + "b"
        #expect(!Origins.glob(hostile, matches: String(repeating: "a", count: 4_000)))
    }

    @Test(
        "Patterns that could never match are told apart",
        arguments: [
            ("*", true), ("null", true), ("https://*.example.org", true),
            ("http://localhost:*", true),
            ("example.org", false), ("https://", false), ("https://a/b", false),
            ("https://a b", false), ("", false),
        ]
    )
    func patterns(text: String, isGood: Bool) {
        #expect(Origins.isPattern(text) == isGood)
    }
}
