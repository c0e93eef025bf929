/// Why a connection ends: the number in a close frame (RFC 6455, section 7.4).
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let normalClosure = CloseCode(rawValue: 1000)
    package static let goingAway = CloseCode(rawValue: 1001)
    package static let protocolError = CloseCode(rawValue: 1002)
    package static let unsupportedData = CloseCode(rawValue: 1003)
    /// The peer's close frame was empty. Never on the wire.
    package static let noStatusReceived = CloseCode(rawValue: 1005)
    /// The connection broke without a close frame. Never on the wire.
    package static let abnormalClosure = CloseCode(rawValue: 1006)
    package static let invalidPayload = CloseCode(rawValue: 1007)
    package static let policyViolation = CloseCode(rawValue: 1008)
    package static let messageTooBig = CloseCode(rawValue: 1009)
    package static let mandatoryExtension = CloseCode(rawValue: 1010)
    package static let internalError = CloseCode(rawValue: 1011)
    package static let serviceRestart = CloseCode(rawValue: 1012)
    package static let tryAgainLater = CloseCode(rawValue: 1013)
    package static let badGateway = CloseCode(rawValue: 1014)
    /// The TLS handshake failed. Never on the wire.
    package static let handshakeFailed = CloseCode(rawValue: 1015)

    /// Whether the code may stand in a close frame, sent or received. 1004, 1005, 1006 and 1015 are
    /// reserved, what is left below 3000 is not assigned, and nothing lies above 4999.
    package var isLegalOnTheWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

extension CloseCode: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
