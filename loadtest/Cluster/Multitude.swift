import Glibc
import Reactor

/// More connections than a process may have files: several nodes, and a process of members for
/// each; then a message to every room. One per run.
actor Multitude: LoopActor {
    struct Settings: Sendable {
        var connections = 100_000
        var rooms = 1000
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let cluster: HubCluster
    private let settings: Settings
    private let tally = CrowdTally()
    private var directories: [ScratchDirectory] = []
    private var workers: [ChildProcess] = []

    init(on loop: EventLoop, _ cluster: HubCluster, _ settings: Settings) {
        self.loop = loop
        self.cluster = cluster
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        defer {
            for worker in workers where worker.isRunning() { worker.killNow() }
            for directory in directories { directory.remove() }
        }
        let publishers = makePublishers()
        try await gather(publishers, cluster.of(0..<1).dialer)
        for publisher in publishers { publisher.post(content(of: publisher, 1), id: 1) }
        _ = await settle(within: .seconds(20)) { tally.acknowledged == publishers.count }
        let empty = cluster.whole.usage

        let begun = Clock.now()
        let count = (settings.connections + cluster.nodes.count - 1) / cluster.nodes.count
        for node in cluster.nodes { try startWorker(node, count) }
        let joined = try await wait(CrowdWorker.joined, within: .seconds(330))
        let joining = Clock.seconds(Clock.now() - begun)
        await pause(.seconds(5))
        let full = cluster.whole.usage

        let posted = Clock.now()
        for publisher in publishers { publisher.post(content(of: publisher, 2), id: 2) }
        let reached = try await wait(CrowdWorker.reached, within: .seconds(60))
        let reaching = Clock.seconds(Clock.now() - posted)
        let expected = count * cluster.nodes.count
        tally.violations.require(joined == expected, "\(joined) of \(expected) joined")
        tally.violations.require(reached == expected, "\(reached) of \(expected) got the message")

        var report = Report("multitude", seed: settings.seed)
        report.add("connections", joined)
        report.add("nodes", cluster.nodes.count)
        report.add("rooms", settings.rooms)
        report.add("joining_seconds", joining)
        report.add("reached", reached)
        report.add("reaching_seconds", reaching)
        report.add("rss_mib", Double(full.residentBytes) / 1_048_576, decimals: 0)
        let added = Double(full.residentBytes - empty.residentBytes)
        report.add("rss_bytes_per_connection", added / Double(max(joined, 1)), decimals: 0)
        report.add(tally.violations)
        await part(publishers)
        return report
    }

    private func makePublishers() -> [Member] {
        let tongue = HubTongue()
        let masks = MaskSupply(seed: settings.seed)
        return (0..<settings.rooms).map { room in
            Member(
                number: room,
                room: room,
                role: .publisher,
                tongue: tongue,
                masks: masks,
                listener: tally
            )
        }
    }

    private func content(of publisher: Member, _ sequence: UInt32) -> [UInt8] {
        // Readers know of one publisher in their room, whose first message is the first they get.
        Stamp(publisher: 0, sequence: sequence - 1, nanoseconds: Clock.now()).content()
    }

    private func startWorker(_ node: Server, _ count: Int) throws(LoadFailure) {
        let directory = try ScratchDirectory()
        directories.append(directory)
        let arguments = [
            "/proc/self/exe", "crowd", "--port", "\(node.port)", "--members", "\(count)", "--rooms",
            "\(settings.rooms)",
        ]
        workers.append(try ChildProcess.start(arguments, directory: directory.path))
    }

    /// The sum of what the workers say of that, once all have said it.
    private func wait(_ word: String, within limit: Duration) async throws(LoadFailure) -> Int {
        var said: [Int] = []
        var ended: ChildProcess?
        _ = await settle(within: limit) {
            said = workers.compactMap { Self.number(behind: word, in: $0.output) }
            ended = workers.first { !$0.isRunning() }
            return said.count == workers.count || ended != nil
        }
        if let ended { throw LoadFailure("A part of the crowd gave up: \(ended.errors)") }
        return said.reduce(0, +)
    }

    private static func number(behind word: String, in text: String) -> Int? {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == word { return Int(words[1]) }
        }
        return nil
    }
}
