/// An integer whose zero has a sign, as lib0's `varInt` has it.
struct SignedMagnitude {
    var magnitude: UInt64
    var isNegative: Bool

    /// The magnitude has at most 53 bits, so that this cannot overflow.
    var value: Int64 { isNegative ? -Int64(magnitude) : Int64(magnitude) }
}
