/// What a client offers of permessage-deflate: RFC 7692, section 7.1.
package struct DeflateOffer: Sendable {
    private let parameters: DeflateParameters

    /// - Parameters:
    ///   - serverForgets: the server is asked to compress each message by itself.
    ///   - clientForgets: a hint that this client will do so, asked or not.
    ///   - serverWindowBits: the largest window this client wants to keep for the server.
    ///   - clientWindowBits: the largest window this client would compress with; the server may
    ///     ask for less.
    package init(
        serverForgets: Bool = false,
        clientForgets: Bool = false,
        serverWindowBits: UInt8? = nil,
        clientWindowBits: UInt8? = nil
    ) {
        let legal: ClosedRange<UInt8> = 8...15
        precondition(
            legal.contains(serverWindowBits ?? 15) && legal.contains(clientWindowBits ?? 15),
            "A window has 8 to 15 bits"
        )
        var parameters = DeflateParameters()
        parameters.serverNoContextTakeover = serverForgets
        parameters.clientNoContextTakeover = clientForgets
        parameters.serverMaxWindowBits = serverWindowBits
        parameters.clientMaxWindowBits = clientWindowBits.map { .bits($0) } ?? .understood
        self.parameters = parameters
    }

    package var headerValue: String { parameters.headerValue }

    /// The server's answer, if it is one to this offer.
    func agreement(_ answer: ExtensionOffer) -> DeflateAgreement? {
        guard var agreed = DeflateParameters(answer) else { return nil }
        // What was asked for must be granted; what was promised is kept, asked for or not.
        guard agreed.serverNoContextTakeover || !parameters.serverNoContextTakeover else {
            return nil
        }
        if let asked = parameters.serverMaxWindowBits {
            guard let given = agreed.serverMaxWindowBits, given <= asked else { return nil }
        }
        agreed.clientNoContextTakeover =
            agreed.clientNoContextTakeover || parameters.clientNoContextTakeover
        switch (agreed.clientMaxWindowBits, parameters.clientMaxWindowBits) {
        case (.understood?, _):
            return nil
        case (.bits(let given)?, .bits(let offered)?) where given > offered:
            return nil
        case (nil, .bits(let offered)?):
            agreed.clientMaxWindowBits = .bits(offered)
        default:
            break
        }
        return DeflateAgreement(agreed)
    }
}
