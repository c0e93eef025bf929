/// Where a client takes its masking keys from: one for each frame.
package struct MaskingKeySource: Sendable {
    /// nil: keys nobody can guess, as RFC 6455, section 10.3 asks for.
    private var seededState: UInt64?

    /// Keys from the system's random numbers.
    package init() {
        seededState = nil
    }

    /// Keys anybody can guess, and that cost next to nothing: for load tests, where no proxy is to
    /// be protected and every run should send the same bytes.
    package init(seed: UInt64) {
        seededState = seed
    }

    package mutating func next() -> MaskingKey {
        guard let state = seededState else {
            return MaskingKey(UInt32.random(in: 0...UInt32.max))
        }
        // SplitMix64: any seed will do, and the top half of each output is well mixed.
        let advanced = state &+ 0x9E37_79B9_7F4A_7C15
        seededState = advanced
        var mixed = (advanced ^ advanced >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return MaskingKey(UInt32(truncatingIfNeeded: mixed >> 32))
    }
}
