/// What Redis answers. An error inside an array is a value; one that is the whole answer is thrown.

package enum RedisValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case bytes([UInt8])
    case status(String)
    case array([RedisValue])
    case error(RedisServerError)
}

extension RedisValue {
    package var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    package var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    package var array: [RedisValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The text of a status or of bytes that are UTF-8.
    package var text: String? {
        switch self {
        case .status(let text): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        default: nil
        }
    }
}
