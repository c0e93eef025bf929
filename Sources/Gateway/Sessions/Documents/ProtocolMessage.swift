/// Messages of y-protocols, as y-websocket and Hocuspocus have them in common.
enum ProtocolMessage {
    static let sync: UInt64 = 0
    static let awareness: UInt64 = 1
    static let auth: UInt64 = 2
    static let queryAwareness: UInt64 = 3

    /// Kinds of sync.
    static let step1: UInt64 = 0
    static let step2: UInt64 = 1
    static let update: UInt64 = 2

    /// Awareness of nobody: something to hear, for clients that hang up on silence.
    static let quiet: [UInt8] = [1, 1, 0]

    static func step1(_ vector: [UInt8]) -> [UInt8] { [0, 0] + counted(vector) }

    static func step2(_ update: [UInt8]) -> [UInt8] { [0, 1] + counted(update) }

    static func update(_ update: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(update.count + 6)
        bytes.append(0)
        bytes.append(2)
        append(UInt64(update.count), to: &bytes)
        bytes += update
        return bytes
    }

    static func awareness(_ update: [UInt8]) -> [UInt8] { [1] + counted(update) }

    static func title(_ title: String) -> [UInt8] { [103] + counted(Array(title.utf8)) }

    static func denied(_ reason: String) -> [UInt8] { [2, 0] + counted(Array(reason.utf8)) }

    static func counted(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(UInt64(content.count), to: &bytes)
        return bytes + content
    }

    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
