/// A parameter of a statement, where rows are few; hot statements bind their columns one by one.
enum SQLValue: Sendable, Hashable {
    case null
    case int(Int64)
    case text(String)
    case blob([UInt8])

    static func int(_ value: Int64?) -> SQLValue { value.map { .int($0) } ?? .null }

    static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
}
