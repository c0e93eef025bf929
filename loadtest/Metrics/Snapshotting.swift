import Reactor

/// Lets Prometheus write blocks of all it has, the newest included. One per run.
actor Snapshotting: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server

    init(on loop: EventLoop, _ server: Server) {
        self.loop = loop
        self.server = server
    }

    func run() async throws(LoadFailure) {
        let wire = Requester(violations: Violations())
        try wire.open(server.dialer, number: 0, on: loop)
        let request = """
            POST /api/v1/admin/tsdb/snapshot HTTP/1.1\r
            Host: 127.0.0.1:\(server.port)\r
            Content-Length: 0\r
            \r

            """
        var status = 0
        wire.ask(Array(request.utf8)) { status = $0.status }
        _ = await settle(within: .seconds(120)) { status != 0 }
        wire.cut()
        guard status == 200 else { throw LoadFailure("No snapshot was made: \(status)") }
    }
}
