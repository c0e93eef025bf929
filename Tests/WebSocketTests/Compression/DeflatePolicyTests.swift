import Testing

@testable import WebSocket

@Suite("Compression, negotiated")
struct DeflatePolicyTests {
    private func answer(_ offer: String, _ policy: DeflatePolicy) throws -> String? {
        let offers = try #require(ExtensionOffer.parse([offer]))
        return policy.accept(offers).map { String($0.headerValue.dropFirst(18)) }
    }

    private static let forgetting = "; server_no_context_takeover; client_no_context_takeover"

    @Test(
        "A forgetting server answers every legal offer, and declines every other",
        arguments: [
            ("permessage-deflate", forgetting),
            ("PerMessage-Deflate", forgetting),
            ("permessage-deflate; server_no_context_takeover", forgetting),
            ("permessage-deflate; client_no_context_takeover", forgetting),
            ("permessage-deflate; client_max_window_bits", forgetting),
            (
                "permessage-deflate; client_max_window_bits=10",
                forgetting + "; client_max_window_bits=10"
            ),
            (
                "permessage-deflate; server_max_window_bits=8",
                forgetting + "; server_max_window_bits=8"
            ),
            (
                "permessage-deflate; server_max_window_bits=\"15\"",
                forgetting + "; server_max_window_bits=15"
            ),
            ("permessage-deflate; server_max_window_bits", nil),
            ("permessage-deflate; server_max_window_bits=7", nil),
            ("permessage-deflate; server_max_window_bits=16", nil),
            ("permessage-deflate; server_max_window_bits=08", nil),
            ("permessage-deflate; server_max_window_bits=+9", nil),
            ("permessage-deflate; client_max_window_bits=7", nil),
            ("permessage-deflate; client_max_window_bits=x", nil),
            ("permessage-deflate; server_no_context_takeover=1", nil),
            ("permessage-deflate; client_no_context_takeover=true", nil),
            ("permessage-deflate; client_max_window_bits; client_max_window_bits", nil),
            ("permessage-deflate; unknown", nil),
            ("x-webkit-deflate-frame", nil),
            ("", nil),
            // The first offer that is legal is the one that is taken.
            (
                "x-other, permessage-deflate; unknown, "
                    + "permessage-deflate; server_max_window_bits=9,permessage-deflate",
                forgetting + "; server_max_window_bits=9"
            ),
        ] as [(String, String?)]
    )
    func forgettingServer(offer: String, expected: String?) throws {
        #expect(try answer(offer, DeflatePolicy()) == expected)
    }

    @Test(
        "A remembering server forgets where the client asks for it",
        arguments: [
            ("permessage-deflate", ""),
            ("permessage-deflate; server_no_context_takeover", "; server_no_context_takeover"),
            ("permessage-deflate; client_no_context_takeover", "; client_no_context_takeover"),
        ]
    )
    func rememberingServer(offer: String, expected: String) throws {
        let policy = DeflatePolicy(keepsServerContext: true, keepsClientContext: true)
        #expect(try answer(offer, policy) == expected)
    }

    @Test(
        "The smaller window is agreed on; a client that can't shrink its own is not asked to",
        arguments: [
            ("permessage-deflate", ""),
            ("permessage-deflate; server_max_window_bits=15", "; server_max_window_bits=11"),
            ("permessage-deflate; server_max_window_bits=10", "; server_max_window_bits=10"),
            ("permessage-deflate; client_max_window_bits", "; client_max_window_bits=12"),
            ("permessage-deflate; client_max_window_bits=14", "; client_max_window_bits=12"),
            ("permessage-deflate; client_max_window_bits=9", "; client_max_window_bits=9"),
        ]
    )
    func windows(offer: String, expected: String) throws {
        let policy = DeflatePolicy(
            keepsServerContext: true,
            keepsClientContext: true,
            serverWindowBitsMaximum: 11,
            clientWindowBitsMaximum: 12
        )
        #expect(try answer(offer, policy) == expected)
    }

    @Test("The agreement says how each side reads and writes")
    func agreement() throws {
        let policy = DeflatePolicy(
            keepsServerContext: false,
            keepsClientContext: true,
            serverWindowBitsMaximum: 11
        )
        let offers = try #require(
            ExtensionOffer.parse(["permessage-deflate; client_max_window_bits=10"])
        )
        let agreed = try #require(policy.accept(offers))
        #expect(
            agreed.decompression(for: .server)
                == Decompression(windowBits: 10, keepsContext: true)
        )
        #expect(
            agreed.decompression(for: .client)
                == Decompression(windowBits: 11, keepsContext: false)
        )
        let unmentioned = try #require(ExtensionOffer.parse(["permessage-deflate"]))
        let wide = try #require(policy.accept(unmentioned))
        #expect(wide.decompression(for: .server).windowBits == 15)
    }

    @Test(
        "Extensions that are not written as they must be can't be read",
        arguments: [
            "a;", "a b", ";", "a;=1", "a;b=", "a;b=\"", "a;b=\"\"", "a;b=\"c d\"", "a;b=\"\\",
        ]
    )
    func unreadable(value: String) {
        #expect(ExtensionOffer.parse([value]) == nil)
    }

    @Test("Blanks, empty elements, escapes and several fields are read")
    func readable() throws {
        let offers = try #require(
            ExtensionOffer.parse([" a ; b = \"c\\d\" ,, e", "f;g"])
        )
        #expect(offers.map(\.name) == ["a", "e", "f"])
        #expect(offers[0].parameters == [ExtensionOffer.Parameter(name: "b", value: "cd")])
        #expect(offers[2].parameters == [ExtensionOffer.Parameter(name: "g", value: nil)])
    }
}
