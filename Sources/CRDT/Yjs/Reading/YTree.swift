/// What is in a shared type, all the way down and apart from any document: to be compared with what
/// is in another, and to be made again.
struct YTree: Hashable {
    enum Node: Hashable {
        /// One character of a text. Strings are equal when they look the same; these are so only
        /// when they are.
        case character(Unicode.Scalar)
        /// One element, as an update has it.
        case content(YContentKind, [UInt8])
        /// A shared type, by its kind as an update has it.
        case type([UInt8], YTree)
    }

    /// What stands under a key.
    struct Entry: Hashable {
        let key: [UInt8]
        let node: Node
    }

    /// An element of the list, with the attributes that hold there if it is a text.
    struct Unit: Hashable {
        let node: Node
        let attributes: [YMember]

        /// UTF-16 code units, or one thing.
        var length: Int {
            if case .character(let scalar) = node { UTF16.width(scalar) } else { 1 }
        }
    }

    /// Sorted by key.
    var entries: [Entry] = []
    var units: [Unit] = []
}
