import Hub
import JournalContract
import Storage
import Synchronization
import Testing

/// Every engine keeps the same contract.
@Suite struct JournalContractTests {
    @Test("The journal in memory keeps the contract", arguments: Clause.all)
    func memory(clause: Clause) async throws {
        let journal = InMemoryJournal()
        try await clause.check(Subject(journal: journal) { journal })
    }

    @Test("The journal in SQLite keeps the contract", arguments: Clause.all)
    func sqlite(clause: Clause) async throws {
        let scratch = try Scratch()
        let current = Mutex(try Store.open(directory: scratch.path, durability: .os))
        try await clause.check(
            Subject(journal: current.withLock { $0.journal }) {
                await current.withLock { $0 }.close()
                let reopened = try Store.open(directory: scratch.path, durability: .os)
                current.withLock { $0 = reopened }
                return reopened.journal
            }
        )
        await current.withLock { $0 }.close()
    }
}
