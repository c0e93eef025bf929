/// One struct of an update: a trivial value, whose content is a range of bytes elsewhere.
///
/// The content has the form of the first format, without counts and lengths in front: text as
/// UTF-8, values one after the other, a mark as its key and its JSON text, a type as its number
/// and name.
struct YBlock {
    var id: YID
    var length: UInt32
    var origin = YID(client: 0, clock: 0)
    var contentStart: UInt32 = 0
    var rightOrigin = YID(client: 0, clock: 0)
    var contentEnd: UInt32 = 0
    /// The item that holds the parent; or, for a root, the range of its name.
    var parent = YID(client: 0, clock: 0)
    /// The key in the parent, if it has one.
    var keyStart: UInt32 = 0
    var keyEnd: UInt32 = 0
    var kind: YContentKind
    var flags: Flags = []

    struct Flags: OptionSet {
        var rawValue: UInt8
        static let origin = Flags(rawValue: 1)
        static let rightOrigin = Flags(rawValue: 2)
        /// The parent is a root; `parent.client` and `parent.clock` are the range of its name.
        static let parentIsRoot = Flags(rawValue: 4)
        static let parentIsItem = Flags(rawValue: 8)
        static let key = Flags(rawValue: 16)
        /// The content begins with the second half of a torn surrogate pair.
        static let tornStart = Flags(rawValue: 32)
        /// The content ends with the first half of one.
        static let tornEnd = Flags(rawValue: 128)
        /// The key is the neighbour's, and the writer said that there is one all the same.
        static let inheritedKey = Flags(rawValue: 64)
    }

    var isItem: Bool { kind != .gc && kind != .skip }
    var end: UInt32 { id.clock + length }
    var content: Range<Int> { Int(contentStart)..<Int(contentEnd) }
    var key: Range<Int> { Int(keyStart)..<Int(keyEnd) }
    var rootName: Range<Int> { Int(parent.client)..<Int(parent.clock) }
    var hasOrigin: Bool { flags.contains(.origin) }
    var hasRightOrigin: Bool { flags.contains(.rightOrigin) }

    mutating func setContent(_ range: Range<Int>) {
        contentStart = UInt32(truncatingIfNeeded: range.lowerBound)
        contentEnd = UInt32(truncatingIfNeeded: range.upperBound)
    }

    mutating func setRoot(_ range: Range<Int>) {
        flags.insert(.parentIsRoot)
        parent = YID(
            client: UInt64(range.lowerBound),
            clock: UInt32(truncatingIfNeeded: range.upperBound)
        )
    }

    mutating func setKey(_ range: Range<Int>) {
        flags.insert(.key)
        keyStart = UInt32(truncatingIfNeeded: range.lowerBound)
        keyEnd = UInt32(truncatingIfNeeded: range.upperBound)
    }
}
