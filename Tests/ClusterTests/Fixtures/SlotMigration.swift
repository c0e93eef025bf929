/// A slot on its way from one master to another, step by step.
struct SlotMigration {
    let slot: String
    let source: RedisServer
    let target: RedisServer
    private let cluster: RedisCluster
    private let sourceID: String
    private let targetID: String

    /// Both masters know that the slot is moving: what the source has no longer, it asks for there.
    init(of key: String, in cluster: RedisCluster) async throws {
        self.cluster = cluster
        source = try await cluster.master(of: key)
        slot = try await source.cli("CLUSTER", "KEYSLOT", key)
        var other: RedisServer?
        for server in cluster.servers where server.port != source.port {
            if try await server.cli("ROLE").hasPrefix("master") { other = server }
        }
        guard let other else { throw ShellTool.Failure(description: "There is one master only.") }
        target = other
        sourceID = try await source.cli("CLUSTER", "MYID")
        targetID = try await target.cli("CLUSTER", "MYID")
        try await target.cli("CLUSTER", "SETSLOT", slot, "IMPORTING", sourceID)
        try await source.cli("CLUSTER", "SETSLOT", slot, "MIGRATING", targetID)
    }

    func move(_ key: String) async throws {
        try await source.cli("MIGRATE", "127.0.0.1", "\(target.port)", key, "0", "5000")
    }

    /// The slot is the target's.
    func finish() async throws {
        try await target.cli("CLUSTER", "SETSLOT", slot, "NODE", targetID)
        try await source.cli("CLUSTER", "SETSLOT", slot, "NODE", targetID)
    }
}
