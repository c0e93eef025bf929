import CRDT

/// Values of documents in JSON, and back. What JSON has no word for becomes what is nearest.
extension JSON {
    init(_ value: YValue) {
        switch value {
        case .undefined, .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .int(Int64(value))
        case .float(let value): self = .double(value)
        case .float32(let value): self = .double(Double(value))
        case .bigint(let value): self = .string(String(value))
        case .string(let value): self = .string(value)
        case .bytes(let value): self = .bytes(value)
        case .array(let values): self = .array(values.map { JSON($0) })
        case .object(let members):
            self = .object(members.map { Member($0.key, JSON($0.value)) })
        }
    }

    /// The value as a document keeps it.
    var yValue: YValue {
        switch self {
        case .null, .raw: .null
        case .bool(let value): .bool(value)
        case .int(let value): .integer(Int(value))
        case .double(let value): .float(value)
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        case .array(let values): .array(values.map(\.yValue))
        case .object(let members):
            .object(members.map { YMember(key: $0.key, value: $0.value.yValue) })
        }
    }
}
