/// Which web pages may talk to the hub from a browser, by their `Origin` (RFC 6454).
///
/// Browsers let any page open a WebSocket to anywhere and say only where the page is from; refusing
/// the strange ones is up to the hub. Clients that are no browsers send none.
package struct Origins: Sendable, Hashable {
    private let patterns: [String]
    private let isOpen: Bool

    /// - Parameter patterns: Such as `https://chat.example`, `https://*.example.org` or `*`; a star
    ///   stands for any run of characters. None means: pages of the hub's own address.
    /// - Parameter isOpen: The hub has no keys: then only pages of this machine, whatever name the
    ///   browser knows it by, or a stranger's page could rebind its own name to loopback.
    package init(_ patterns: [String], isOpen: Bool) {
        self.patterns = patterns.map { $0.lowercased() }
        self.isOpen = isOpen
    }

    package static func isPattern(_ text: String) -> Bool {
        if text == "*" || text == "null" { return true }
        guard let separator = text.firstRange(of: "://") else { return false }
        let host = text[separator.upperBound...]
        return !host.isEmpty && !host.contains("/")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// - Parameter host: The request's `Host`.
    package func allow(_ origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        let name = origin.lowercased()
        if patterns.contains(where: { Self.glob($0, matches: name) }) { return true }
        guard let parts = Self.parts(name) else { return false }
        if isOpen { return Self.isLoopback(parts.host) }
        guard patterns.isEmpty, let host else { return false }
        return Self.authority(parts) == Self.authority(host.lowercased(), scheme: parts.scheme)
    }

    /// True unless the hub is open and the request came in under a name that isn't this machine's:
    /// that is how a rebound name looks to requests that carry no origin.
    package func allow(host: String?) -> Bool {
        guard isOpen, let host else { return true }
        return Self.isLoopback(Self.split(host.lowercased()).host)
    }

    /// `*` stands for any run of characters; linear, as it returns to the last star only.
    static func glob(_ pattern: String, matches text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (at, next) = (0, 0)
        var star: (at: Int, next: Int)?
        while next < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, next)
                at += 1
            } else if at < pattern.count, pattern[at] == text[next] {
                at += 1
                next += 1
            } else if let last = star {
                star = (last.at, last.next + 1)
                at = last.at + 1
                next = last.next + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private struct Parts {
        let scheme: String
        let host: String
        let port: String?
    }

    private static func parts(_ origin: String) -> Parts? {
        guard let separator = origin.firstRange(of: "://") else { return nil }
        let authority = origin[separator.upperBound...]
        guard !authority.isEmpty, !authority.contains("/") else { return nil }
        let (host, port) = split(String(authority))
        return Parts(scheme: String(origin[..<separator.lowerBound]), host: host, port: port)
    }

    private static func split(_ authority: String) -> (host: String, port: String?) {
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else {
            return (authority, nil)
        }
        return (String(authority[..<colon]), String(authority[authority.index(after: colon)...]))
    }

    /// Host and port with the scheme's port spelled out, so that it compares either way.
    private static func authority(_ parts: Parts) -> String {
        "\(parts.host):\(parts.port ?? (parts.scheme == "https" ? "443" : "80"))"
    }

    private static func authority(_ host: String, scheme: String) -> String {
        let (name, port) = split(host)
        return authority(Parts(scheme: scheme, host: name, port: port))
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || IPAddress(host)?.isLoopback == true
    }
}
