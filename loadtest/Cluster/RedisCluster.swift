import Glibc

/// Three masters with a replica each, as `redis-cli --cluster create` makes them.
struct RedisCluster: Sendable {
    struct Master: Sendable {
        let server: RedisServer
        let id: String
    }

    let servers: [RedisServer]

    static func start() throws(LoadFailure) -> RedisCluster {
        let ports = FreePorts.take(12)
        var servers: [RedisServer] = []
        for index in 0..<6 {
            servers.append(
                try RedisServer.start(
                    port: ports[index],
                    [
                        "--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
                        "--cluster-port", "\(ports[6 + index])",
                        "--cluster-replica-validity-factor", "0",
                    ]
                )
            )
        }
        let cluster = RedisCluster(servers: servers)
        let places = ports[..<6].map { "127.0.0.1:\($0)" }
        let directory = try ScratchDirectory()
        defer { directory.remove() }
        let arguments = ["redis-cli", "--cluster", "create"] + places
        let maker = try ChildProcess.start(
            arguments + ["--cluster-replicas", "1", "--cluster-yes"],
            directory: directory.path
        )
        _ = Launcher.waitFor(maker) { nil as Bool? }
        for _ in 0..<300 where !cluster.isWhole { usleep(100_000) }
        guard cluster.isWhole else {
            cluster.stop()
            throw LoadFailure("The Redis Cluster was not made: \(maker.output.suffix(500))")
        }
        return cluster
    }

    private var isWhole: Bool {
        servers.allSatisfy { server in
            guard server.ask("CLUSTER", "INFO").contains("cluster_state:ok") else { return false }
            let role = server.ask("ROLE")
            return role.hasPrefix("master") || role.contains("connected\n")
        } && masters(by: servers[0]).count == 3
    }

    var url: String {
        "redis://" + servers.prefix(3).map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
    }

    /// Those that serve slots, as one of the servers sees it.
    func masters(by witness: RedisServer) -> [Master] {
        witness.ask("CLUSTER", "NODES").split(separator: "\n").compactMap { line in
            // `id host:port@bus flags master ping pong epoch link slot…`
            let words = line.split(separator: " ")
            guard words.count > 8, words[2].contains("master"), !words[2].contains("fail"),
                let place = words[1].split(separator: "@").first,
                let port = place.split(separator: ":").last.flatMap({ UInt16($0) }),
                let server = servers.first(where: { $0.port == port })
            else { return nil }
            return Master(server: server, id: String(words[0]))
        }
    }

    func stop() {
        for server in servers { server.stop() }
    }
}
