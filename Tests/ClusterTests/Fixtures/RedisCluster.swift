import Cluster
import Testing

/// A Redis Cluster of a test's own: three masters with a replica each, six processes.
final class RedisCluster: Sendable {
    let servers: [RedisServer]

    var address: String {
        "redis://" + servers.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
    }

    init(_ options: [String] = []) async throws {
        var servers: [RedisServer] = []
        for _ in 0..<6 {
            servers.append(
                try await RedisServer(
                    [
                        "cluster-enabled yes", "cluster-config-file nodes",
                        "cluster-node-timeout 1500", "cluster-replica-validity-factor 0",
                        "cluster-allow-replica-migration no",
                    ] + options
                )
            )
        }
        self.servers = servers
        let places = servers.map { "127.0.0.1:\($0.port)" }
        try await ShellTool.run(
            ["redis-cli", "--cluster", "create"] + places
                + ["--cluster-replicas", "1", "--cluster-yes"]
        )
        try await eventually("The cluster does not come up.") { try await isSettled }
    }

    /// Whether all nodes say that all is well.
    var isSettled: Bool {
        get async throws {
            for server in servers {
                let state = try await server.cli("CLUSTER", "INFO")
                guard state.contains("cluster_state:ok"),
                    state.contains("cluster_known_nodes:6")
                else { return false }
                let nodes = try await server.cli("CLUSTER", "NODES")
                guard nodes.split(separator: "\n").count(where: { $0.contains("slave") }) == 3,
                    !nodes.contains("handshake"), !nodes.contains("fail")
                else { return false }
            }
            return true
        }
    }

    /// Moves slots between two of the first three servers, the masters of the beginning.
    func reshard(_ slots: Int, from source: Int, to target: Int) async throws {
        let place = "127.0.0.1:\(servers[0].port)"
        try await eventually("The nodes don't agree.") {
            try await ShellTool.run(["redis-cli", "--cluster", "check", place], mayFail: true)
                .contains("[OK] All nodes agree")
        }
        try await ShellTool.run([
            "redis-cli", "--cluster", "reshard", place,
            "--cluster-from", try await servers[source].cli("CLUSTER", "MYID"),
            "--cluster-to", try await servers[target].cli("CLUSTER", "MYID"),
            "--cluster-slots", "\(slots)", "--cluster-yes",
        ])
    }

    /// The server that is the master of a key's slot, as the servers see it.
    func master(of key: String) async throws -> RedisServer {
        let slot = try #require(
            Int(try await alive.cli("CLUSTER", "KEYSLOT", key))
        )
        for line in try await alive.cli("CLUSTER", "NODES").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 8, words[2].contains("master"), !words[2].contains("fail"),
                words[8...].contains(where: { Self.range($0)?.contains(slot) == true })
            else { continue }
            let port = words[1].prefix { $0 != "@" }.split(separator: ":").last.flatMap {
                UInt16($0)
            }
            if let server = servers.first(where: { $0.port == port }) { return server }
        }
        throw ShellTool.Failure(description: "Slot \(slot) has no master.")
    }

    private var alive: RedisServer { servers.first { $0.isListening } ?? servers[0] }

    private static func range(_ word: Substring) -> ClosedRange<Int>? {
        let ends = word.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        return first...last
    }
}
