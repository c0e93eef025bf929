/// Whether the names of a series' labels rise, as their bytes are compared.
struct LabelOrder: Sendable {
    enum Comparison { case rising, same, falling }

    private(set) var labels = 0
    private(set) var isSorted = true
    private(set) var hasName = false
    private(set) var lastName = 0..<0
    private(set) var lastPrefix: UInt64 = 0

    /// `__name__`, whose eight bytes are a word.
    private static let nameLabel: UInt64 = 0x5F5F_6E61_6D65_5F5F

    /// The first bytes of a name, as a number that sorts as they do: most names differ in them.
    @inline(__always)
    static func prefix(_ source: RawSpan, _ at: Int, _ length: Int) -> UInt64 {
        let word = source.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))
        return (UInt64(bigEndian: word) &>> unused) &<< unused
    }

    @inline(__always)
    mutating func note(_ name: Range<Int>, _ prefix: UInt64, _ comparison: Comparison = .rising) {
        labels &+= 1
        if comparison == .falling { isSorted = false }
        if prefix == Self.nameLabel, name.count == 8 { hasName = true }
        lastName = name
        lastPrefix = prefix
    }

    static func compare(
        _ bytes: [UInt8],
        _ one: Range<Int>,
        _ other: Range<Int>
    ) -> Comparison {
        for (left, right) in zip(bytes[one], bytes[other]) where left != right {
            return left < right ? .rising : .falling
        }
        if one.count == other.count { return .same }
        return one.count < other.count ? .rising : .falling
    }
}
