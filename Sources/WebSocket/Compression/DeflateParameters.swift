/// The four parameters of permessage-deflate, as one side wrote them: RFC 7692, section 7.1.
struct DeflateParameters: Equatable {
    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverMaxWindowBits: UInt8?
    var clientMaxWindowBits: ClientWindow?

    /// In an offer the client's window may go without a value: "I understand this parameter".
    enum ClientWindow: Equatable {
        case understood
        case bits(UInt8)
    }

    static let extensionName = "permessage-deflate"

    init() {}

    /// nil: another extension, or a parameter that is unknown, repeated, or has a value that it
    /// can't have. Such an offer is declined, such an answer fails the connection (sections 5.1 and
    /// 7.1).
    init?(_ offer: ExtensionOffer) {
        guard offer.name.isEqualIgnoringCase(Self.extensionName) else { return nil }
        var names: Set<String> = []
        for parameter in offer.parameters {
            guard names.insert(parameter.name).inserted, set(parameter) else { return nil }
        }
    }

    private mutating func set(_ parameter: ExtensionOffer.Parameter) -> Bool {
        switch (parameter.name, parameter.value) {
        case ("server_no_context_takeover", nil):
            serverNoContextTakeover = true
        case ("client_no_context_takeover", nil):
            clientNoContextTakeover = true
        case ("server_max_window_bits", let value?):
            serverMaxWindowBits = Self.windowBits(value)
            return serverMaxWindowBits != nil
        case ("client_max_window_bits", nil):
            clientMaxWindowBits = .understood
        case ("client_max_window_bits", let value?):
            clientMaxWindowBits = Self.windowBits(value).map(ClientWindow.bits)
            return clientMaxWindowBits != nil
        default:
            return false
        }
        return true
    }

    /// 8 to 15, in decimal, without leading zeros or a sign.
    private static func windowBits(_ value: String) -> UInt8? {
        (8...15).first { String($0) == value }
    }

    /// The element of Sec-WebSocket-Extensions.
    var headerValue: String {
        var parts = [Self.extensionName]
        if serverNoContextTakeover { parts.append("server_no_context_takeover") }
        if clientNoContextTakeover { parts.append("client_no_context_takeover") }
        if let serverMaxWindowBits { parts.append("server_max_window_bits=\(serverMaxWindowBits)") }
        switch clientMaxWindowBits {
        case .understood?: parts.append("client_max_window_bits")
        case .bits(let bits)?: parts.append("client_max_window_bits=\(bits)")
        case nil: break
        }
        return parts.joined(separator: "; ")
    }
}
