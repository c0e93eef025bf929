/// How a node stands in its cluster, in numbers.
package struct ClusterReading: Sendable {
    /// How many partitions are in which state.
    package var partitions: [(state: String, count: Int)] = []
    /// Entries that this node has not archived yet, of all partitions.
    package var lag = 0
    /// Nodes that are alive, this one included.
    package var nodes = 0
    /// What the client of Redis has counted, by what.
    package var redis: [(what: String, count: Int)] = []
    package var isServing = false
    /// `single`, `sentinel`, `cluster`, or `unknown` as long as nobody has answered.
    package var redisKind = "unknown"
    /// What the servers say that they are.
    package var redisRoles: [String] = []
    /// The longest of the newest round trips through Redis and back.
    package var probeSeconds: Double?

    package init() {}
}
