/// The kinds of shared types, by the numbers of the wire.
enum YTypeCode: UInt8 {
    case array = 0
    case map
    case text
    case xmlElement
    case xmlFragment
    case xmlHook
    case xmlText

    init?(wire: UInt64) {
        guard let small = UInt8(exactly: wire) else { return nil }
        self.init(rawValue: small)
    }

    /// The kind of a type whose content was validated when it came.
    init?(content: [UInt8], in range: Range<Int>) {
        var reader = ByteReader(content, in: range)
        guard let wire = try? reader.readVarUint() else { return nil }
        self.init(wire: wire)
    }

    /// Elements and hooks are named on the wire.
    var hasName: Bool { self == .xmlElement || self == .xmlHook }
}
