/// The shared types of Yjs.
package enum YTypeKind: Sendable, Hashable {
    case array
    case map
    case text
    case xmlElement(String)
    case xmlFragment
    case xmlHook(String)
    case xmlText
}
