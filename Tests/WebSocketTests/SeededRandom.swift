/// Random numbers that are the same in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
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

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// Text of one to four bytes a character.
    mutating func text(_ characterCount: Int) -> [UInt8] {
        let alphabet: [String] = ["a", "b", " ", "0", "é", "ß", "€", "한", "🐦", "𐍈"]
        return (0..<characterCount).flatMap { _ in
            Array(alphabet[Int.random(in: 0..<alphabet.count, using: &self)].utf8)
        }
    }

    /// The bytes in pieces of any size, empty ones too.
    mutating func pieces(_ bytes: [UInt8], upTo size: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + Int.random(in: 0...size, using: &self), bytes.count)
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }
}
