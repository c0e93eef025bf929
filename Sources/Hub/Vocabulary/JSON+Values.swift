/// The hub's own values as JSON holds them.
extension JSON {
    /// A record's id: a decimal string.
    package var recordID: RecordID? { string.flatMap { RecordID($0) } }

    /// Milliseconds since 1970; never negative.
    package var timestamp: Timestamp? {
        guard let int, int >= 0 else { return nil }
        return Timestamp(milliseconds: int)
    }

    /// A list of nothing but strings.
    package var strings: [String]? {
        guard case .array(let values) = self else { return nil }
        var strings: [String] = []
        strings.reserveCapacity(values.count)
        for value in values {
            guard let string = value.string else { return nil }
            strings.append(string)
        }
        return strings
    }

    /// A member that may be missing or null: `.some(nil)` then, and nil only when it is of the
    /// wrong type.
    package func optional<Value>(_ key: String, _ read: (JSON) -> Value?) -> Value?? {
        guard let value = self[key], !value.isNull else { return .some(nil) }
        return read(value).map { .some($0) }
    }
}
