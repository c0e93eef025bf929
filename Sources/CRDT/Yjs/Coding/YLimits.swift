/// What an update may ask for at the most; everything beyond it is refused before it is applied.
package struct YLimits: Sendable, Hashable {
    /// The largest clock that may follow a struct: yrs keeps clocks in 32 bits.
    package var clockMaximum: UInt64 = 0xFFFF_FFFF
    /// How many elements one struct may hold.
    package var structLengthMaximum: UInt64 = 0xFFFF_FFFF
    /// How far values may be nested in each other.
    package var depthMaximum = 100
    /// How many structs an update may have that has fewer bytes: runs of the second format make
    /// any number of structs of a few bytes.
    package var structsMaximum = 1 << 20
    /// How many structs may wait for what they depend on.
    package var pendingStructsMaximum = 100_000
    /// How many bytes those may hold.
    package var pendingBytesMaximum = 4 << 20
    /// How many ranges may wait to be deleted.
    package var pendingRangesMaximum = 100_000
    /// How many bytes of content a document may hold, deleted content included.
    package var documentBytesMaximum = 1 << 30

    /// How many times the bytes of the second format its content may have, besides some; nil is
    /// any number. Runs make much of little.
    package var expansionMaximum: Int? = 16

    package init() {}

    /// What a server grants to updates from strangers.
    package static let server = YLimits()

    /// What is granted to the bytes that this server wrote itself.
    package static let storage: YLimits = {
        var limits = YLimits()
        limits.structsMaximum = .max
        limits.expansionMaximum = nil
        return limits
    }()
}
