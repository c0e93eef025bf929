import Glibc
import Synchronization

/// Nodes of one hub on one Redis, with fresh data, and what starts and ends them.
final class HubCluster: Sendable {
    private let launcher: Launcher
    private let redis: String
    private let durability: String
    private let running = Mutex<[Server]>([])

    init(
        _ launcher: Launcher,
        nodes count: Int,
        redis: String,
        durability: String
    ) throws(LoadFailure) {
        self.launcher = launcher
        self.redis = redis
        self.durability = durability
        // What they prove to each other who they are with; their children inherit it.
        setenv("MARTLET_CLUSTER_SECRET", "a secret for an hour of measuring on loopback", 0)
        do throws(LoadFailure) {
            for number in 0..<count {
                let node = try start(number, in: try ScratchDirectory())
                running.withLock { $0.append(node) }
            }
            for node in nodes { try awaitReady(node) }
        } catch {
            stop()
            throw error
        }
    }

    var nodes: [Server] { running.withLock { $0 } }

    /// All nodes as one server: connections are spread over them.
    var whole: Server { of(0..<nodes.count) }

    /// Some of the nodes as one server.
    func of(_ range: Range<Int>) -> Server {
        let nodes = nodes[range]
        var server = nodes[range.lowerBound]
        server.neighbours = Array(nodes.dropFirst())
        return server
    }

    /// Starts a node that was ended again, on its data. Ready when it returns.
    func restart(_ number: Int) throws(LoadFailure) {
        guard let directory = nodes[number].directory else { return }
        let node = try start(number, in: directory)
        running.withLock { $0[number] = node }
        try awaitReady(node)
    }

    func stop() {
        for node in nodes { node.stop() }
        running.withLock { $0 = [] }
    }

    private func start(
        _ number: Int,
        in directory: ScratchDirectory
    ) throws(LoadFailure) -> Server {
        let port = FreePorts.take(1)[0]
        let arguments = [
            "--redis", redis, "--node", "node-\(number)", "--advertise",
            "http://127.0.0.1:\(port)",
        ]
        return try launcher.startHub(durability, directory, port: port, arguments)
    }

    private func awaitReady(_ node: Server) throws(LoadFailure) {
        guard let process = node.process else { return }
        let isReady = Launcher.waitFor(process) {
            HealthProbe.isWell(port: node.port, path: "/readyz") ? true : nil
        }
        guard isReady != nil else {
            throw LoadFailure("A node isn't ready: \(process.errors.suffix(1000))")
        }
    }
}
