/// Makes other bytes of given ones, as much alike as a slip or a plan would leave them.
enum Mutation {
    private static let telling: [UInt8] = [
        0, 1, 2, 0x0A, 0x21, 0x40, 0x7F, 0x80, 0x81, 0x84, 0xC4, 0xFF, 116, 117, 118, 119, 125,
    ]

    static func mutate(_ seed: [UInt8], with other: [UInt8], _ dice: inout CaseDice) -> [UInt8] {
        var bytes = seed
        for _ in 0...dice.below(4) {
            let at = dice.below(bytes.count + 1)
            switch dice.below(9) {
            case 0 where at < bytes.count: bytes[at] = dice.pick(telling)
            case 1 where at < bytes.count: bytes[at] ^= 1 << UInt8(dice.below(8))
            case 2: bytes.insert(dice.pick(telling), at: at)
            case 3 where at < bytes.count: bytes.remove(at: at)
            case 4: bytes.removeSubrange(at...)
            case 5: bytes.insert(contentsOf: bytes[..<at].suffix(dice.below(9)), at: at)
            case 6: bytes = bytes[..<at] + other.suffix(dice.below(other.count + 1))
            case 7: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], at: at)
            default: if at < bytes.count { bytes[at] &+= UInt8(dice.below(5)) &- 2 }
            }
        }
        return bytes
    }
}
