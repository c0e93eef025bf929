/// What a struct holds, by the numbers of the wire.
enum YContentKind: UInt8 {
    /// A range of clocks whose content is gone, and whose place in a type too.
    case gc = 0
    /// An item whose content is gone.
    case deleted = 1
    /// JSON texts, as very early versions wrote them.
    case json = 2
    case binary = 3
    case string = 4
    case embed = 5
    /// A mark from which on an attribute has a value.
    case format = 6
    /// A shared type.
    case type = 7
    case any = 8
    /// A document within the document.
    case document = 9
    /// A hole in an update.
    case skip = 10

    /// Whether it counts as an element of its type; marks and tombstones do not.
    var isCountable: Bool {
        switch self {
        case .gc, .deleted, .format, .skip: false
        case .json, .binary, .string, .embed, .type, .any, .document: true
        }
    }

    /// Whether runs of it can be cut and joined.
    var isRun: Bool {
        switch self {
        case .deleted, .json, .string, .any: true
        case .gc, .binary, .embed, .format, .type, .document, .skip: false
        }
    }
}
