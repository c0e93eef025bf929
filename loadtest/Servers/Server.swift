/// A server under load: where it is, and what tells how much it uses.
struct Server: Sendable {
    let kind: ServerKind
    let port: UInt16
    /// nil: somebody else's, on this machine or another.
    let process: ChildProcess?
    let directory: ScratchDirectory?
    /// From its start to the first answer that it is well.
    var startMilliseconds = 0.0
    /// The other nodes of its cluster: connections are spread over all of them.
    var neighbours: [Server] = []

    var nodes: [Server] { [self] + neighbours }
    var dialer: Dialer { Dialer(ports: nodes.map(\.port)) }
    /// Of all nodes.
    var usage: Usage {
        neighbours.reduce(process?.usage ?? Usage()) { $0 + ($1.process?.usage ?? Usage()) }
    }

    func stop() {
        for node in nodes {
            node.process?.stop()
            node.directory?.remove()
        }
    }
}
