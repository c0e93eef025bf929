/// A set of Unicode scalars, as a regular expression's class has them.
struct ScalarSet: Sendable, Hashable {
    static let scalarMaximum: UInt32 = 0x10_FFFF

    /// Rising, apart from each other.
    private(set) var ranges: [ClosedRange<UInt32>]

    init(_ ranges: [ClosedRange<UInt32>]) {
        var joined: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound &+ 1 {
                let upper = max(last.upperBound, range.upperBound)
                joined[joined.count - 1] = last.lowerBound...upper
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    init(_ scalar: Unicode.Scalar) {
        ranges = [scalar.value...scalar.value]
    }

    static let any = ScalarSet([0...scalarMaximum])
    static let digits = ScalarSet([0x30...0x39])
    static let spaces = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let wordParts = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

    /// A class by its POSIX name, as in `[[:alpha:]]`.
    static func posix(_ name: String) -> ScalarSet? {
        let ranges: [ClosedRange<UInt32>]
        switch name {
        case "alnum": ranges = [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
        case "alpha": ranges = [0x41...0x5A, 0x61...0x7A]
        case "ascii": ranges = [0...0x7F]
        case "blank": ranges = [0x09...0x09, 0x20...0x20]
        case "cntrl": ranges = [0...0x1F, 0x7F...0x7F]
        case "digit": ranges = [0x30...0x39]
        case "graph": ranges = [0x21...0x7E]
        case "lower": ranges = [0x61...0x7A]
        case "print": ranges = [0x20...0x7E]
        case "punct": ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
        case "space": ranges = [0x09...0x0D, 0x20...0x20]
        case "upper": ranges = [0x41...0x5A]
        case "word": return wordParts
        case "xdigit": ranges = [0x30...0x39, 0x41...0x46, 0x61...0x66]
        default: return nil
        }
        return ScalarSet(ranges)
    }

    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= Self.scalarMaximum { gaps.append(next...Self.scalarMaximum) }
        return ScalarSet(gaps)
    }

    func union(_ other: ScalarSet) -> ScalarSet {
        ScalarSet(ranges + other.ranges)
    }

    /// With the other case of each: of all ASCII letters, and of a scalar that stands alone.
    var ignoringCase: ScalarSet {
        var all = ranges
        for range in ranges {
            if range.overlaps(0x41...0x5A) {
                let upper = range.clamped(to: 0x41...0x5A)
                all.append(upper.lowerBound + 32...upper.upperBound + 32)
            }
            if range.overlaps(0x61...0x7A) {
                let lower = range.clamped(to: 0x61...0x7A)
                all.append(lower.lowerBound - 32...lower.upperBound - 32)
            }
            guard range.count == 1, let scalar = Unicode.Scalar(range.lowerBound) else { continue }
            let properties = scalar.properties
            for mapping in [properties.lowercaseMapping, properties.uppercaseMapping] {
                let scalars = Array(mapping.unicodeScalars)
                if scalars.count == 1 { all.append(scalars[0].value...scalars[0].value) }
            }
        }
        return ScalarSet(all)
    }

    // MARK: UTF-8

    /// The sequences of byte ranges that are the set's scalars in UTF-8.
    var byteSequences: [[ClosedRange<UInt8>]] {
        var sequences: [[ClosedRange<UInt8>]] = []
        for range in ranges {
            // Surrogates have no UTF-8.
            if range.lowerBound < 0xD800 {
                Self.split(range.lowerBound, min(range.upperBound, 0xD7FF), into: &sequences)
            }
            if range.upperBound > 0xDFFF {
                Self.split(max(range.lowerBound, 0xE000), range.upperBound, into: &sequences)
            }
        }
        return sequences
    }

    /// Splits until the bytes at each place can be any in their range, whatever the others are.
    private static func split(
        _ low: UInt32,
        _ high: UInt32,
        into sequences: inout [[ClosedRange<UInt8>]]
    ) {
        for edge: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= edge && edge < high {
            split(low, edge, into: &sequences)
            return split(edge + 1, high, into: &sequences)
        }
        if high > 0x7F {
            for bits: UInt32 in [6, 12, 18] {
                let mask: UInt32 = 1 << bits - 1
                guard low & ~mask != high & ~mask else { continue }
                if low & mask != 0 {
                    split(low, low | mask, into: &sequences)
                    return split((low | mask) + 1, high, into: &sequences)
                }
                if high & mask != mask {
                    split(low, (high & ~mask) - 1, into: &sequences)
                    return split(high & ~mask, high, into: &sequences)
                }
            }
        }
        sequences.append(zip(encode(low), encode(high)).map { $0...$1 })
    }

    private static func encode(_ scalar: UInt32) -> [UInt8] {
        guard let scalar = Unicode.Scalar(scalar) else { return [] }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
