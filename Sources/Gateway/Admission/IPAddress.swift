/// An IPv4 or IPv6 address as a number; IPv4 in IPv6 clothes (`::ffff:…`) is IPv4.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Family: Sendable { case v4, v6 }

    package let family: Family
    /// For IPv4 in the lowest 32 bits.
    package let bits: UInt128

    private static let mappedPrefix: UInt128 = 0xFFFF

    /// - Parameter bytes: Four or sixteen, in network order.
    package init?(bytes: some Collection<UInt8>) {
        let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        switch bytes.count {
        case 4: self.init(.v4, number)
        case 16: self.init(.v6, number)
        default: return nil
        }
    }

    package init(_ family: Family, _ bits: UInt128) {
        if family == .v6, bits >> 32 == Self.mappedPrefix {
            self.family = .v4
            self.bits = bits & 0xFFFF_FFFF
        } else {
            self.family = family
            self.bits = bits
        }
    }

    /// Reads `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]` and `fe80::1%eth0`, and no port.
    package init?(_ text: some StringProtocol) {
        var bytes = ArraySlice(text.utf8)
        guard (2...64).contains(bytes.count) else { return nil }
        if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
            bytes = bytes.dropFirst().dropLast()
        }
        if let zone = bytes.firstIndex(of: UInt8(ascii: "%")) { bytes = bytes[..<zone] }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let number = Self.v6(bytes) else { return nil }
            self.init(.v6, number)
        } else {
            guard let number = Self.v4(bytes) else { return nil }
            self.init(.v4, UInt128(number))
        }
    }

    package var isLoopback: Bool {
        switch family {
        case .v4: bits >> 24 == 127
        case .v6: bits == 1
        }
    }

    /// What limits count: an IPv6 host commonly has a whole /64 to itself.
    package var limitKey: String {
        switch family {
        case .v4: description
        case .v6: IPAddress(.v6, (bits >> 64) << 64).description + "/64"
        }
    }

    package var description: String {
        switch family {
        case .v4:
            return (0..<4).reversed().map { String(bits >> UInt128($0 * 8) & 0xFF) }
                .joined(separator: ".")
        case .v6:
            return v6Text
        }
    }

    /// RFC 5952: lower case, the longest run of two or more zero groups is `::`.
    private var v6Text: String {
        let groups = (0..<8).reversed().map { UInt16(truncatingIfNeeded: bits >> UInt128($0 * 16)) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, longest.count) { longest = start..<end }
            start = max(end, start + 1)
        }
        let text = { (range: Range<Int>) in
            groups[range].map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return text(0..<8) }
        return text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
    }

    private static func v4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            // A leading zero means octal to some readers, so it means nothing here.
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                part.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 48) }
            guard value <= 255 else { return nil }
            number = number << 8 | value
        }
        return number
    }

    private static func v6(_ bytes: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        let gap = bytes.indices.dropLast().first { bytes[$0] == colon && bytes[$0 + 1] == colon }
        let all: [UInt16]
        if let gap {
            guard let head = list(bytes[..<gap], mayEndInV4: false),
                let tail = list(bytes[(gap + 2)...], mayEndInV4: true)
            else { return nil }
            // The gap stands for one group of zeros at least.
            guard head.count + tail.count < 8 else { return nil }
            all = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard let whole = list(bytes, mayEndInV4: true) else { return nil }
            all = whole
        }
        guard all.count == 8 else { return nil }
        return all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
    }

    /// Groups with single colons between them; none for no bytes.
    private static func list(_ bytes: ArraySlice<UInt8>, mayEndInV4: Bool) -> [UInt16]? {
        guard !bytes.isEmpty else { return [] }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var all: [UInt16] = []
        for (index, part) in parts.enumerated() {
            let isLast = mayEndInV4 && index == parts.count - 1
            guard !part.isEmpty, let groups = groups(part, isLast: isLast) else { return nil }
            all += groups
        }
        return all
    }

    /// One group of hex digits, or two from a dotted IPv4 at the end.
    private static func groups(_ part: ArraySlice<UInt8>, isLast: Bool) -> [UInt16]? {
        if isLast, part.contains(UInt8(ascii: ".")) {
            guard let number = v4(part) else { return nil }
            return [UInt16(number >> 16), UInt16(number & 0xFFFF)]
        }
        guard part.count <= 4 else { return nil }
        var value: UInt16 = 0
        for byte in part {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return [value]
    }
}
