/// What a server agrees to when a client offers permessage-deflate: RFC 7692, section 7.1.
///
/// As it stands neither side keeps its context: an idle connection costs nothing, and a message
/// that is compressed once can be sent to everyone. Context takeover compresses small messages
/// better, for up to 300 KB a connection.
package struct DeflatePolicy: Sendable {
    package var keepsServerContext: Bool
    package var keepsClientContext: Bool
    package var serverWindowBitsMaximum: UInt8
    package var clientWindowBitsMaximum: UInt8

    package init(
        keepsServerContext: Bool = false,
        keepsClientContext: Bool = false,
        serverWindowBitsMaximum: UInt8 = 15,
        clientWindowBitsMaximum: UInt8 = 15
    ) {
        let legal: ClosedRange<UInt8> = 8...15
        precondition(
            legal.contains(serverWindowBitsMaximum) && legal.contains(clientWindowBitsMaximum),
            "A window has 8 to 15 bits"
        )
        self.keepsServerContext = keepsServerContext
        self.keepsClientContext = keepsClientContext
        self.serverWindowBitsMaximum = serverWindowBitsMaximum
        self.clientWindowBitsMaximum = clientWindowBitsMaximum
    }

    /// The answer to the first offer that can be accepted; nil: no compression.
    package func accept(_ offers: [ExtensionOffer]) -> DeflateAgreement? {
        offers.lazy.compactMap(DeflateParameters.init).first.map(answer)
    }

    private func answer(_ offer: DeflateParameters) -> DeflateAgreement {
        var answer = DeflateParameters()
        answer.serverNoContextTakeover = !keepsServerContext || offer.serverNoContextTakeover
        answer.clientNoContextTakeover = !keepsClientContext || offer.clientNoContextTakeover
        // Asked for, it must be answered. Otherwise a server uses a smaller window without a word.
        answer.serverMaxWindowBits = offer.serverMaxWindowBits.map {
            min($0, serverWindowBitsMaximum)
        }
        // A client that does not mention its window can't make it smaller.
        switch offer.clientMaxWindowBits {
        case .understood? where clientWindowBitsMaximum < 15:
            answer.clientMaxWindowBits = .bits(clientWindowBitsMaximum)
        case .bits(let bits)?:
            answer.clientMaxWindowBits = .bits(min(bits, clientWindowBitsMaximum))
        case .understood?, nil:
            break
        }
        return DeflateAgreement(answer, serverWindowBits: serverWindowBitsMaximum)
    }
}
