import Reactor

/// Pages of history by REST, over kept-alive connections that each ask as soon as they are
/// answered. One per run.
actor Rest: LoopActor {
    struct Settings: Sendable {
        var connections = 100
        var messages = 1000
        var pageSize = 50
        var warmUp = Duration.seconds(1)
        var duration = Duration.seconds(5)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let tally = RestTally()

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        try await fill()
        let request = Array(
            ("GET /api/rooms/load-0/messages?limit=\(settings.pageSize) HTTP/1.1\r\n"
                + "Host: 127.0.0.1:\(server.port)\r\n\r\n").utf8
        )
        let wires = (0..<settings.connections).map { _ in
            HTTPWire(request: request, listener: tally)
        }
        for (number, wire) in wires.enumerated() {
            try wire.open(server.dialer, number: number, on: loop)
            wire.ask()
        }
        await pause(settings.warmUp)
        tally.isMeasuring = true
        let before = tally.answers
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        tally.isMeasuring = false
        let answers = tally.answers - before
        tally.isAsking = false
        await pause(.milliseconds(200))
        let newest = UInt32(settings.messages)
        let expected = Array(newest - UInt32(settings.pageSize) + 1...newest)
        tally.violations.require(
            tally.sequences() == expected,
            "The page has other messages than the newest"
        )

        var report = Report("rest", seed: settings.seed)
        report.add("connections", settings.connections)
        report.add("body_bytes", tally.firstBody?.count ?? 0)
        report.add("requests", per: "request", count: answers, outcome)
        report.add("latency", tally.latency)
        report.add(tally.violations)
        for wire in wires { wire.cut() }
        return report
    }

    /// Posts the messages that are read later.
    private func fill() async throws(LoadFailure) {
        let office = PostOffice(
            publishers: 1,
            rooms: 1,
            window: 50,
            contentBytes: 64,
            seed: settings.seed
        )
        try await gather(office.publishers, server.dialer)
        let poster = office.posters[0]
        poster.limit = settings.messages
        office.begin()
        let isFull = await settle(within: .seconds(20)) {
            office.acknowledged >= settings.messages
        }
        await part(office.publishers)
        office.disband()
        guard isFull else { throw LoadFailure("The room could not be filled") }
    }
}
