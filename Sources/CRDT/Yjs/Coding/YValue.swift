/// A value as lib0 writes it: JSON, and what JavaScript has beyond JSON.
package indirect enum YValue: Sendable, Hashable {
    case undefined
    case null
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case float32(Float)
    case bigint(Int64)
    case string(String)
    case bytes([UInt8])
    case array([YValue])
    /// Members in the order in which they were written.
    case object([YMember])
}

extension YValue {
    /// The member of this name, if this is an object that has one.
    package subscript(_ key: String) -> YValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }
}

extension YValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(floatLiteral value: Double) { self = .float(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: YValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, YValue)...) {
        self = .object(elements.map { YMember(key: $0.0, value: $0.1) })
    }
}
