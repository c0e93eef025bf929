/// Whose word about a client's address is believed: proxies that one runs oneself.
package struct TrustedProxies: Sendable, Hashable {
    /// How a peer on a Unix socket is written in the configuration and here.
    package static let unix = "unix"
    /// More addresses than any sane chain of proxies has.
    private static let hopsMaximum = 32

    private let ranges: [AddressRange]
    private let trustsUnix: Bool

    package static let none = TrustedProxies(ranges: [], trustsUnix: false)

    private init(ranges: [AddressRange], trustsUnix: Bool) {
        self.ranges = ranges
        self.trustsUnix = trustsUnix
    }

    /// Nil when one of them is neither CIDR, an address, `loopback` nor `unix`.
    package init?(_ texts: [String]) {
        var ranges: [AddressRange] = []
        var trustsUnix = false
        for text in texts {
            switch text {
            case Self.unix: trustsUnix = true
            case "loopback": ranges += ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }
            default:
                guard let range = AddressRange(text) else { return nil }
                ranges.append(range)
            }
        }
        self.init(ranges: ranges, trustsUnix: trustsUnix)
    }

    /// - Parameter peer: The other end of the socket: an address without a port, or `unix`.
    package func trust(_ peer: String) -> Bool {
        if peer == Self.unix { return trustsUnix }
        guard let address = IPAddress(peer) else { return false }
        return ranges.contains { $0.contains(address) }
    }

    /// Who the client is: the last address that no trusted proxy vouches away.
    ///
    /// `X-Forwarded-For` grows to the right, each proxy adding whom it heard from; what is left of
    /// the first stranger is the stranger's own invention.
    ///
    /// - Parameter forwardedFor: The values of all such header fields, in order.
    package func clientAddress(peer: String, forwardedFor: [String]) -> String {
        var client = Self.normal(peer)
        guard trust(peer) else { return client }
        let hops = forwardedFor.reversed().lazy.flatMap { value in
            value.split(separator: ",", omittingEmptySubsequences: false).reversed()
        }
        for hop in hops.prefix(Self.hopsMaximum) {
            guard let address = Self.address(hop) else { return client }
            client = address.description
            guard ranges.contains(where: { $0.contains(address) }) else { return client }
        }
        return client
    }

    private static func normal(_ peer: String) -> String {
        IPAddress(peer)?.description ?? peer
    }

    /// Some proxies write the port too: `192.0.2.1:1234`, `[2001:db8::1]:1234`.
    private static func address(_ hop: Substring) -> IPAddress? {
        var text = hop
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        if let address = IPAddress(text) { return address }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let port = text[text.index(after: colon)...]
        guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let host = text[..<colon]
        // Without brackets the last group of an IPv6 address would pass for a port.
        guard host.hasPrefix("[") || !host.contains(":") else { return nil }
        return IPAddress(host)
    }
}
