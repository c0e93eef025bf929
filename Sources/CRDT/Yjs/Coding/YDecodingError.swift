/// Why bytes are no update, or no update that this document takes.
package enum YDecodingError: Error, Sendable, Hashable {
    /// The bytes end in the middle of something.
    case truncated
    /// Bytes are left over after the end.
    case trailingBytes
    /// An integer of more than 53 bits, or one that its place cannot hold.
    case integerTooLarge
    /// A client id of more than 53 bits.
    case clientTooLarge
    /// A clock beyond the limit, or a struct longer than the limit.
    case clockTooLarge
    /// A kind of content that Yjs 13 does not have.
    case unknownContent(UInt8)
    /// A kind of shared type that Yjs 13 does not have.
    case unknownType(UInt64)
    /// A tag that no value has.
    case unknownValue(UInt8)
    /// A struct without elements, or a range without length.
    case emptyStruct
    /// Text that is not UTF-8.
    case malformedText
    /// JSON text that is not JSON.
    case malformedJSON
    /// Values nested deeper than the limit.
    case tooDeep
    /// A struct that refers to a later struct of its own client.
    case referenceIntoTheFuture
    /// A flag or column of the second format that nobody writes.
    case malformedColumn
    /// Runs make more structs than the limit allows.
    case tooManyStructs
    /// More waits for missing structs than the limit allows.
    case tooMuchPending
    /// The document would hold more bytes than the limit allows.
    case documentTooLarge
}

extension YDecodingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "the bytes end in the middle of a field"
        case .trailingBytes: "bytes are left over after the end"
        case .integerTooLarge: "an integer is too large for its place"
        case .clientTooLarge: "a client id has more than 53 bits"
        case .clockTooLarge: "a clock or a length is beyond the limit"
        case .unknownContent(let reference): "content kind \(reference) is unknown"
        case .unknownType(let reference): "shared type \(reference) is unknown"
        case .unknownValue(let tag): "value tag \(tag) is unknown"
        case .emptyStruct: "a struct or a range has no length"
        case .malformedText: "text is not valid UTF-8"
        case .malformedJSON: "JSON text is malformed"
        case .tooDeep: "values are nested too deep"
        case .referenceIntoTheFuture: "a struct refers to a later struct of its own client"
        case .malformedColumn: "a column is malformed"
        case .tooManyStructs: "there are too many structs for so few bytes"
        case .tooMuchPending: "too much waits for missing structs"
        case .documentTooLarge: "the document would become too large"
        }
    }
}
