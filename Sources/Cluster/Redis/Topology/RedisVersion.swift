/// The version of a server.

struct RedisVersion: Hashable, Comparable, CustomStringConvertible {
    let parts: [Int]

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".").map { Int($0) ?? 0 }
        guard parts.count >= 2 else { return nil }
        self.parts = Array(parts.prefix(3))
    }

    static func < (left: RedisVersion, right: RedisVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }

    var description: String { parts.map(String.init).joined(separator: ".") }

    /// SSUBSCRIBE and SPUBLISH.
    var hasShardedChannels: Bool { parts[0] >= 7 }
}
