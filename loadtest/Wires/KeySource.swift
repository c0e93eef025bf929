/// Idempotency keys in the form of ULIDs: 48 bits of time and 80 of chance, in Crockford's base 32.
struct KeySource {
    private var dice: Dice
    private var milliseconds: UInt64
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    init(seed: UInt64, startingAt milliseconds: UInt64) {
        dice = Dice(seed: seed)
        self.milliseconds = milliseconds
    }

    /// Time goes on by a millisecond every few keys, so that the keys rise as real ones do.
    mutating func next() -> String {
        let chance = (dice.next(), dice.next())
        if chance.0 & 0x1F == 0 { milliseconds += 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(26)
        for shift in stride(from: 45, through: 0, by: -5) {
            bytes.append(Self.letters[Int(milliseconds >> UInt64(shift) & 31)])
        }
        for shift in stride(from: 0, to: 40, by: 5) {
            bytes.append(Self.letters[Int(chance.0 >> UInt64(shift + 8) & 31)])
        }
        for shift in stride(from: 0, to: 40, by: 5) {
            bytes.append(Self.letters[Int(chance.1 >> UInt64(shift + 8) & 31)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
