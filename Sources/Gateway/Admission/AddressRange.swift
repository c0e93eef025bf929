/// A block of addresses in CIDR notation: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let network: IPAddress
    private let prefix: Int

    package init?(_ text: some StringProtocol) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = sides.first, let address = IPAddress(first) else { return nil }
        let width = address.family == .v4 ? 32 : 128
        switch sides.count {
        case 1: prefix = width
        case 2:
            guard (1...3).contains(sides[1].utf8.count),
                sides[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let length = Int(sides[1]), length <= width
            else { return nil }
            prefix = length
        default: return nil
        }
        network = IPAddress(address.family, Self.cut(address.bits, width: width, prefix: prefix))
    }

    package func contains(_ address: IPAddress) -> Bool {
        guard address.family == network.family else { return false }
        let width = address.family == .v4 ? 32 : 128
        return Self.cut(address.bits, width: width, prefix: prefix) == network.bits
    }

    package var description: String { "\(network)/\(prefix)" }

    private static func cut(_ bits: UInt128, width: Int, prefix: Int) -> UInt128 {
        // Shifting by the whole width gives 0 with these operators, as it should.
        (bits >> UInt128(width - prefix)) << UInt128(width - prefix)
    }
}
