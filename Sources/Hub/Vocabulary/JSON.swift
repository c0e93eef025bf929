/// A JSON value: what commands carry and replies are made of (RFC 8259).
///
/// Objects keep their order and are searched linearly: they are small. `raw` is JSON that is
/// encoded already, such as a stored payload, and is written as it is.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([Member])
    case raw([UInt8])
    /// Bytes: a string of base64 when it is written, themselves where nothing is.
    case bytes([UInt8])

    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: JSON

        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// The first member of that name; nil also when this is no object.
    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// A number, whole or not.
    package var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// An integer, also where it was written as a whole double.
    package var int: Int64? {
        switch self {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    package var array: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    package var isNull: Bool { self == .null }

    /// Adds a member at the end; on anything but an object a mistake of ours.
    package mutating func append(_ key: String, _ value: JSON) {
        guard case .object(var members) = self else {
            preconditionFailure("Only an object takes a member.")
        }
        self = .null
        members.append(Member(key, value))
        self = .object(members)
    }

    /// Gives the first member of that name another value, if there is one.
    package mutating func replace(_ key: String, with value: JSON) {
        guard case .object(var members) = self,
            let index = members.firstIndex(where: { $0.key == key })
        else { return }
        members[index].value = value
        self = .object(members)
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    package init(stringLiteral value: String) { self = .string(value) }

    package init(integerLiteral value: Int64) { self = .int(value) }

    package init(booleanLiteral value: Bool) { self = .bool(value) }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
