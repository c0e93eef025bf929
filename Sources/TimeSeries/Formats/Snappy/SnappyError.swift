/// Why bytes are no Snappy block, or none that is taken here.
package enum SnappyError: Error, Sendable, Hashable {
    /// The bytes end in the middle of an element.
    case truncated
    /// The block begins with no length, or with one of more than 32 bits.
    case malformedLength
    /// The declared length is beyond the caller's maximum.
    case tooLarge(declared: Int)
    /// A copy from before the beginning, or from where nothing is yet.
    case badOffset
    /// The elements make more or less than the declared length.
    case lengthMismatch
}

extension SnappyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "the Snappy block ends in the middle of an element"
        case .malformedLength: "the Snappy block begins with no length"
        case .tooLarge(let declared): "the Snappy block declares \(declared) bytes: too many"
        case .badOffset: "the Snappy block copies from where nothing is"
        case .lengthMismatch: "the Snappy block does not have the declared length"
        }
    }
}
