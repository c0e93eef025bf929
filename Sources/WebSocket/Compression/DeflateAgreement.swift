/// What client and server have settled on for permessage-deflate.
package struct DeflateAgreement: Equatable, Sendable {
    /// Whether the server's messages may refer back to earlier ones.
    package let serverKeepsContext: Bool
    /// Whether the client's messages may refer back to earlier ones.
    package let clientKeepsContext: Bool
    /// The largest window the server may compress with, as a base-two logarithm. Connections that
    /// agree in this number, and where the server forgets, can share compressed frames.
    package let serverWindowBits: UInt8
    /// The largest window the client may compress with.
    package let clientWindowBits: UInt8
    /// The server's answer.
    package let headerValue: String

    /// - Parameter serverWindowBits: what the server has decided on, if it did not have to say so.
    init(_ parameters: DeflateParameters, serverWindowBits: UInt8 = 15) {
        serverKeepsContext = !parameters.serverNoContextTakeover
        clientKeepsContext = !parameters.clientNoContextTakeover
        self.serverWindowBits = parameters.serverMaxWindowBits ?? serverWindowBits
        if case .bits(let bits)? = parameters.clientMaxWindowBits {
            clientWindowBits = bits
        } else {
            clientWindowBits = 15
        }
        headerValue = parameters.headerValue
    }

    /// How this side reads what the other one compressed.
    package func decompression(for endpoint: Endpoint) -> Decompression {
        switch endpoint {
        case .server:
            Decompression(windowBits: clientWindowBits, keepsContext: clientKeepsContext)
        case .client:
            Decompression(windowBits: serverWindowBits, keepsContext: serverKeepsContext)
        }
    }

    /// What this side compresses with. If it keeps its context, it is this connection's alone.
    package func deflater(for endpoint: Endpoint, level: Int32 = 6) -> Deflater {
        switch endpoint {
        case .server:
            Deflater(windowBits: serverWindowBits, keepsContext: serverKeepsContext, level: level)
        case .client:
            Deflater(windowBits: clientWindowBits, keepsContext: clientKeepsContext, level: level)
        }
    }
}
