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
        var head: [UInt16] = []
        var tail: [UInt16]?
        var parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        // A colon at an end is only good as part of `::`, which splits into two empty parts there.
        if parts.count >= 3, parts[0].isEmpty, parts[1].isEmpty { parts.removeFirst() }
        if parts.count >= 2, parts[parts.count - 1].isEmpty, parts[parts.count - 2].isEmpty {
            parts.removeLast()
        }
        guard parts.count <= 9 else { return nil }
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                guard tail == nil else { return nil }
                tail = []
                continue
            }
            guard let groups = groups(part, isLast: index == parts.count - 1) else { return nil }
            if tail == nil { head += groups } else { tail? += groups }
        }
        let rest = tail ?? []
        let missing = 8 - head.count - rest.count
        guard tail == nil ? missing == 0 : missing >= 1 else { return nil }
        let all = head + Array(repeating: 0, count: missing) + rest
        return all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
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
