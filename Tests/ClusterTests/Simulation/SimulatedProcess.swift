import Hub
import Synchronization

@testable import Cluster

/// A node's process, from its start to its crash: what it has archived, and what its topics were
/// told.
final class SimulatedProcess: Sendable {
    private struct State {
        var isDead = false
        var journal: ClusterJournal?
        var running: Task<Void, Never>?
        /// Since its topics were last told to read everything again.
        var archived: [Partition: [RecordID]] = [:]
        var told: [RecordID: Int] = [:]
        var archivings: [RecordID: Int] = [:]
    }

    let name: String
    let number: UInt64
    private let state = Mutex(State())

    init(_ name: String, number: UInt64) {
        self.name = name
        self.number = number
    }

    var isDead: Bool { state.withLock(\.isDead) }

    var journal: ClusterJournal? { state.withLock { $0.isDead ? nil : $0.journal } }

    func run(_ journal: ClusterJournal, on executor: SeededExecutor) {
        state.withLock { $0.journal = journal }
        let running = executor.spawn { await journal.run() }
        let isDead = state.withLock { state in
            state.running = running
            return state.isDead
        }
        if isDead { running.cancel() }
    }

    /// Its code may go on, but reaches nothing any more.
    func end() {
        let running = state.withLock { state in
            state.isDead = true
            defer { (state.running, state.journal) = (nil, nil) }
            return state.running
        }
        running?.cancel()
    }

    func archived(_ entries: [Entry], in partition: Partition) {
        let ids = entries.flatMap { $0.records.map(\.id) }
        state.withLock { state in
            state.archived[partition, default: []] += ids
            for id in ids { state.archivings[id, default: 0] += 1 }
        }
    }

    func tell(_ ids: [RecordID]) {
        state.withLock { state in for id in ids { state.told[id, default: 0] += 1 } }
    }

    func reload(_ partition: Partition) {
        state.withLock { state in
            state.archived[partition] = []
        }
    }

    /// Those of the records that it has archived and its topics don't know.
    func untold(_ ids: [RecordID], in partition: Partition) -> [RecordID] {
        state.withLock { state in
            let archived = Set(state.archived[partition] ?? [])
            return ids.filter { archived.contains($0) && state.told[$0] == nil }
        }
    }

    /// What its topics don't know, or were told twice.
    var mistold: [String] {
        state.withLock { state in
            state.archived.values.flatMap(\.self).compactMap { id in
                let count = state.told[id] ?? 0
                return count == state.archivings[id] ? nil : "\(id) \(count) times"
            }
        }
    }
}
