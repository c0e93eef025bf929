/// Chance that is the same in every run (SplitMix64), for bytes of all kinds.
struct FormatDice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    mutating func isOne(in bound: Int) -> Bool {
        below(bound) == 0
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// Bytes that compress: pieces of what came before, and runs, between noise.
    mutating func repetitive(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            switch below(4) {
            case 0: bytes += self.bytes(1 + below(40))
            case 1: bytes += [UInt8](repeating: UInt8(below(256)), count: 1 + below(200))
            default:
                guard !bytes.isEmpty else { continue }
                let start = below(bytes.count)
                bytes += bytes[start..<min(bytes.count, start + 1 + below(100))]
            }
        }
        return Array(bytes.prefix(count))
    }

    /// The bytes with a few changed, taken out, put in, doubled or cut off.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(4) {
            guard !bytes.isEmpty else { return self.bytes(below(8)) }
            let at = below(bytes.count)
            switch below(7) {
            case 0: bytes[at] ^= 1 << UInt8(below(8))
            case 1: bytes[at] = pick([0, 0x7F, 0x80, 0xFF, 0x0A, 0x22, 0x5C, 0x7B, 0x7D])
            case 2: bytes.remove(at: at)
            case 3: bytes.insert(UInt8(below(256)), at: at)
            case 4: bytes.removeSubrange(at...)
            case 5: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 20)], at: at)
            default: bytes.removeSubrange(at..<min(bytes.count, at + 1 + below(10)))
            }
        }
        return bytes
    }
}
