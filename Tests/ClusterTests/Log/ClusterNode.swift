import Hub
import Logging
import Synchronization
import Testing

@testable import Cluster

/// A node without sockets: a copy in memory, and the journal over it.
final class ClusterNode: Sendable {
    let name: String
    let copy: InMemoryJournal
    let journal: ClusterJournal
    /// What its topics were told of others.
    let absorbed = Mutex<[TopicID: [Record]]>([:])
    private let running: Task<Void, Never>

    /// Runs, and has every partition live.
    init(
        _ name: String,
        over log: any SharedLog,
        copy: InMemoryJournal = InMemoryJournal(),
        clockwork: Clockwork = .system
    ) async throws {
        self.name = name
        self.copy = copy
        let told = Told()
        journal = try await ClusterJournal(
            node: name,
            log: log,
            local: copy,
            replica: copy,
            clockwork: clockwork,
            logger: silent
        ) { records, topic in told.tell(records, topic) }
        running = Task { [journal] in await journal.run() }
        told.node.withLock { $0 = self }
        try await eventually("The partitions of \(name) are not live") { isLive }
    }

    var isLive: Bool { journal.statuses.allSatisfy { $0.state == .live } }

    /// Ends it as if its process had ended.
    func stop() async {
        running.cancel()
        await running.value
    }

    private final class Told: Sendable {
        let node = Mutex<ClusterNode?>(nil)

        func tell(_ records: [Record], _ topic: TopicID) {
            node.withLock(\.self)?.absorbed.withLock { $0[topic, default: []] += records }
        }
    }
}

let silent = Logger(label: "cluster") { _ in SwiftLogNoOpLogHandler() }
