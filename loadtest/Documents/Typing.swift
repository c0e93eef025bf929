import Reactor

/// Editors in documents, each typing, at a rate that doesn't wait for the server. One per run.
actor Typing: LoopActor {
    struct Settings: Sendable {
        var documents = 1000
        var editors = 3
        /// Letters of all editors together.
        var lettersPerSecond = 15_000
        var warmUp = Duration.seconds(2)
        var duration = Duration.seconds(10)
        var seed: UInt64 = 1
        /// Before the document's name.
        var path = "/yjs"
        var label = "docs"
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let tally = TypingTally()

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        var report = Report(settings.label, seed: settings.seed)
        makeTypists()
        try await gather()
        var typed = await type(for: settings.warmUp, beginningWith: 0)
        tally.isMeasuring = true
        let before = tally.deliveries
        let measurement = Measurement(server)
        typed = await type(for: settings.duration, beginningWith: typed)
        let outcome = measurement.end()
        let deliveries = tally.deliveries - before
        _ = await settle(within: .seconds(20)) { tally.typists.allSatisfy { isComplete($0) } }
        check()
        report.add("documents", settings.documents)
        report.add("editors_each", settings.editors)
        report.add("letters_per_second", settings.lettersPerSecond)
        report.add("letters", typed)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("latency", tally.latency)
        report.add(tally.violations)
        tally.isParting = true
        for typist in tally.typists { typist.cut() }
        _ = await settle(within: .seconds(5)) { tally.typists.allSatisfy(\.hasEnded) }
        return report
    }

    private func makeTypists() {
        let masks = MaskSupply(seed: settings.seed)
        for number in 0..<settings.documents * settings.editors {
            let document = number / settings.editors
            let first = document * settings.editors
            tally.typists.append(
                Typist(
                    number,
                    document: document,
                    peers: first..<first + settings.editors,
                    tally,
                    masks
                )
            )
        }
    }

    private func gather() async throws(LoadFailure) {
        let end = Clock.now() + Clock.nanoseconds(.seconds(60))
        for (number, typist) in tally.typists.enumerated() {
            try typist.connect(server.dialer, settings.path, on: loop)
            let oldest = max(0, number - 200)
            while !tally.typists[oldest].isJoined {
                guard Clock.now() < end else {
                    throw LoadFailure("Editor \(oldest) didn't join: \(tally.violations.first)")
                }
                await pause(.milliseconds(5))
            }
        }
        let allJoined = await settle(within: .seconds(20)) {
            tally.typists.allSatisfy(\.isJoined)
        }
        guard allJoined else { throw LoadFailure("Some editors didn't join") }
    }

    /// The editors take turns, in an order that goes from document to document.
    private func type(for duration: Duration, beginningWith first: Int) async -> Int {
        let start = Clock.now()
        let end = start + Clock.nanoseconds(duration)
        let interval = 1e9 / Double(settings.lettersPerSecond)
        var typed = 0
        while Clock.now() < end {
            let now = Clock.now()
            while true {
                let due = start + Int64(Double(typed) * interval)
                guard due <= now else { break }
                let turn = first + typed
                let document = turn % settings.documents
                let editor = turn / settings.documents % settings.editors
                tally.typists[document * settings.editors + editor].type(at: due)
                typed += 1
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return first + typed
    }

    private func expected(_ typist: Typist) -> Int {
        let first = typist.document * settings.editors
        return tally.typists[first..<first + settings.editors]
            .reduce(-typist.due.count) { $0 + $1.due.count }
    }

    private func isComplete(_ typist: Typist) -> Bool {
        typist.delivered == expected(typist)
    }

    private func check() {
        for typist in tally.typists where !isComplete(typist) {
            tally.violations.add(
                "Editor \(typist.number) got \(typist.delivered) of \(expected(typist)) letters"
            )
        }
    }
}
