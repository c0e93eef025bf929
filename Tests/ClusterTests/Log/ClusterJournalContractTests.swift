import Hub
import JournalContract
import Logging
import Synchronization
import Testing

@testable import Cluster

/// The journal of a cluster keeps the contract that all journals keep.
@Suite("The journal of a cluster")
struct ClusterJournalContractTests {
    @Test("Over a model of the log it keeps the contract", arguments: Clause.all)
    func model(clause: Clause) async throws {
        try await checkJournal(clause, over: ModelLog())
    }
}

extension LiveRedis {
    @Test("Over Redis the journal of a cluster keeps the contract")
    static func contract() async throws {
        let server = try await RedisServer()
        try await withClient(server.address) { client in
            for (index, clause) in Clause.all.enumerated() {
                var settings = RedisLog.Settings()
                settings.prefix = "contract-\(index)"
                settings.claimWindow = .milliseconds(50)
                let log = RedisLog(client, settings: settings, logger: silent)
                do {
                    try await checkJournal(clause, over: log)
                } catch {
                    Issue.record("\(clause): \(error)")
                }
            }
        }
    }
}

private func checkJournal(_ clause: Clause, over log: any SharedLog) async throws {
    let copy = InMemoryJournal()
    let node = try await ClusterNode("a", over: log, copy: copy)
    let current = Mutex(node)
    try await clause.check(
        Subject(journal: node.journal) {
            await current.withLock(\.self).stop()
            let next = try await ClusterNode("a", over: log, copy: copy)
            current.withLock { $0 = next }
            return next.journal
        }
    )
    await current.withLock(\.self).stop()
}
