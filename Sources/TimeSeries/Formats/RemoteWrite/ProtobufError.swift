/// Why bytes are no protobuf message, or not the one that is expected.
package enum ProtobufError: Error, Sendable, Hashable {
    case truncated
    /// An integer of more than 64 bits.
    case malformedVarint
    /// A field number of 0, or a wire type that nobody writes.
    case malformedTag
    /// A known field with another wire type than its own.
    case wrongWireType(field: Int)
}

extension ProtobufError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "the message ends in the middle of a field"
        case .malformedVarint: "an integer has more than 64 bits"
        case .malformedTag: "a field has no number, or a wire type that does not exist"
        case .wrongWireType(let field): "field \(field) has another wire type than its own"
        }
    }
}
