import Foundation
import Reactor

/// Viewers of live streams: one sender pushes to each stream once a second, spread over the second,
/// and every viewer is to see every sample, once and in order. One per run.
actor Watching: LoopActor {
    struct Settings: Sendable {
        var viewers = 1000
        var streams = 50
        /// How many of them each viewer watches.
        var each = 1
        var period = Duration.seconds(1)
        var duration = Duration.seconds(15)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        let crowd = ViewerCrowd(settings)
        let (sender, viewers, tally) = (crowd.sender, crowd.viewers, crowd.tally)
        try sender.connect(self, server.dialer)
        let isThere = await settle(within: .seconds(20)) { sender.isConnected }
        guard isThere else { throw LoadFailure("The sender could not connect") }
        // So that the streams are there when they are joined.
        for stream in 0..<settings.streams { crowd.push(to: stream, at: milliseconds) }
        _ = await settle(within: .seconds(20)) { sender.unanswered == 0 }
        for viewer in viewers { try viewer.connect(on: loop, server.dialer) }
        let haveJoined = await settle(within: .seconds(60)) { viewers.allSatisfy(\.hasJoined) }
        guard haveJoined else { throw LoadFailure("Not all viewers could join") }
        await pause(.seconds(2))

        tally.isMeasuring = true
        let measurement = Measurement(server)
        await pushInTurn(crowd)
        let isSeen = await settle(within: .seconds(10)) { tally.isComplete }
        let outcome = measurement.end()
        tally.violations.require(
            isSeen,
            "\(tally.expected - tally.deliveries) samples didn't reach a viewer"
        )

        var report = Report("watch", seed: settings.seed)
        report.add("viewers", settings.viewers)
        report.add("streams", settings.streams)
        report.add("each", settings.each)
        report.add("pushes", tally.pushes)
        report.add("deliveries", per: "delivery", count: tally.deliveries, outcome)
        report.add("latency", tally.latency)
        report.add(tally.violations)
        sender.cut()
        for viewer in viewers { viewer.cut() }
        return report
    }

    private func pushInTurn(_ crowd: ViewerCrowd) async {
        let gap = Clock.nanoseconds(settings.period) / Int64(settings.streams)
        let start = Clock.now()
        let end = start + Clock.nanoseconds(settings.duration)
        var pushed = 0
        while true {
            let due = start + Int64(pushed) * gap
            guard due < end else { return }
            while Clock.now() < due { await pause(.milliseconds(1)) }
            crowd.push(to: pushed % settings.streams, at: milliseconds)
            pushed += 1
        }
    }

    private var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
