import Cluster

/// Where Redis is, with what it was written as kept to itself: there may be a password in it.
struct RedisPlace: Sendable, CustomStringConvertible {
    let address: RedisAddress

    init?(_ text: String) {
        guard let address = try? RedisAddress(text) else { return nil }
        self.address = address
    }

    var description: String { "\(address)" }
}
