import Testing

@testable import WebSocket

@Suite("Compression, offered")
struct DeflateOfferTests {
    private func agreement(_ answer: String, to offer: DeflateOffer) throws -> DeflateAgreement? {
        let answers = try #require(ExtensionOffer.parse(["permessage-deflate" + answer]))
        return offer.agreement(answers[0])
    }

    @Test("An offer is written with the parameters it has")
    func written() {
        #expect(DeflateOffer().headerValue == "permessage-deflate; client_max_window_bits")
        let full = DeflateOffer(
            serverForgets: true,
            clientForgets: true,
            serverWindowBits: 9,
            clientWindowBits: 10
        )
        let expected =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
            + "server_max_window_bits=9; client_max_window_bits=10"
        #expect(full.headerValue == expected)
    }

    @Test("A server may answer with more than was asked for")
    func more() throws {
        let answer =
            "; server_no_context_takeover; client_no_context_takeover; "
            + "server_max_window_bits=9; client_max_window_bits=10"
        let agreed = try #require(try agreement(answer, to: DeflateOffer()))
        #expect(!agreed.serverKeepsContext && !agreed.clientKeepsContext)
        #expect(agreed.serverWindowBits == 9 && agreed.clientWindowBits == 10)
    }

    @Test("A server may not answer with less")
    func less() throws {
        let forgets = DeflateOffer(serverForgets: true)
        #expect(try agreement("", to: forgets) == nil)
        #expect(try agreement("; server_no_context_takeover", to: forgets) != nil)
        let small = DeflateOffer(serverWindowBits: 10)
        #expect(try agreement("", to: small) == nil)
        #expect(try agreement("; server_max_window_bits=11", to: small) == nil)
        #expect(try agreement("; server_max_window_bits=9", to: small)?.serverWindowBits == 9)
        let narrow = DeflateOffer(clientWindowBits: 10)
        #expect(try agreement("; client_max_window_bits=11", to: narrow) == nil)
        #expect(try agreement("; client_max_window_bits=9", to: narrow)?.clientWindowBits == 9)
        #expect(try agreement("; client_max_window_bits", to: narrow) == nil)
    }

    @Test("What this client promised it keeps, asked or not")
    func promises() throws {
        let offer = DeflateOffer(clientForgets: true, clientWindowBits: 12)
        let agreed = try #require(try agreement("", to: offer))
        #expect(!agreed.clientKeepsContext)
        #expect(agreed.serverKeepsContext)
        #expect(agreed.clientWindowBits == 12)
    }

    @Test(
        "Each side reads what the other one's deflater writes",
        arguments: [Endpoint.server, .client]
    )
    func bothWays(sender: Endpoint) throws {
        let answer = "; server_max_window_bits=9; client_max_window_bits=10"
        let agreed = try #require(try agreement(answer, to: DeflateOffer()))
        var deflater = agreed.deflater(for: sender)
        let message = Array("again and again and again".utf8)
        var stream: [UInt8] = []
        for _ in 0..<3 {
            let mask = sender == .client ? MaskingKey(7) : nil
            stream += FrameEncoder.frame(
                .binary,
                deflater.compressed(message),
                isCompressed: true,
                mask: mask
            )
        }
        let reader: Endpoint = sender == .server ? .client : .server
        let events = record(stream, by: reader, compression: agreed.decompression(for: reader))
        #expect(events == [.binary(message), .binary(message), .binary(message)])
    }
}
