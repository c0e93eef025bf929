/// Messages that Hocuspocus adds to those of y-protocols; all but pings stand behind an address.
enum HocuspocusMessage {
    static let auth: UInt64 = 2
    static let syncReply: UInt64 = 4
    static let stateless: UInt64 = 5
    static let broadcastStateless: UInt64 = 6
    static let close: UInt64 = 7
    static let ping: UInt8 = 9
    static let pong: UInt8 = 10

    /// Please send a token.
    static let tokenWanted: [UInt8] = [2, 0]

    static func denied(_ reason: String) -> [UInt8] {
        [2, 1] + ProtocolMessage.counted(Array(reason.utf8))
    }

    static func authenticated(mayWrite: Bool) -> [UInt8] {
        let scope = mayWrite ? "read-write" : "readonly"
        return [2, 2] + ProtocolMessage.counted(Array(scope.utf8))
    }

    static func closed(_ reason: String) -> [UInt8] {
        [7] + ProtocolMessage.counted(Array(reason.utf8))
    }

    static func syncStatus(isApplied: Bool) -> [UInt8] { [8, isApplied ? 1 : 0] }
}
