/// Which shared type is meant: a root by its name, or a nested one by the item that holds it.
package enum YTypeReference: Sendable, Hashable {
    case root(String)
    case nested(client: UInt64, clock: UInt64)
}

extension YTypeReference: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .root(value) }
}
