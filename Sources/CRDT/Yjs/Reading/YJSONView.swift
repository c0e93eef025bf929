/// As what a root is read: roots have no kind of their own on the wire.
package enum YJSONView: Sendable, Hashable {
    case map
    case array
}
