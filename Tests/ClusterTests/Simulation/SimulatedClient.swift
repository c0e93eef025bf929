import Hub

@testable import Cluster

/// Someone who writes, at whichever node, and remembers what was acknowledged.
final class SimulatedClient: Sendable {
    private let world: World
    private let ledger: Ledger
    private let author: String
    private var executor: SeededExecutor { world.executor }

    init(_ world: World, _ ledger: Ledger, author: String) {
        self.world = world
        self.ledger = ledger
        self.author = author
    }

    func run() async {
        while !world.isCalm {
            await executor.pause(executor.random(1...(executor.happens(200) ? 900_000 : 60_000)))
            let topics = world.plan.topics
            let topic = topics[Int(executor.random(0...Int64(topics.count - 1)))]
            switch executor.random(0...10) {
            case 0...4: await insist(on: topic)
            case 5...6: await post(to: topic)
            case 7: await catchUp(with: topic)
            default: await take(from: topic)
            }
        }
    }

    private func draft(_ key: String?, _ payload: String = "{}") -> Draft {
        Draft(
            id: ledger.nextID(),
            author: author,
            at: Timestamp(milliseconds: 0),
            key: key,
            type: "noted",
            payload: Array(payload.utf8)
        )
    }

    private func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Position? = nil,
        at process: SimulatedProcess
    ) async throws(JournalError) -> [Record] {
        guard let journal = process.journal else { throw .unavailable("dead") }
        let start = executor.now
        defer {
            if executor.now - start > 60_000_000 { world.note("An append took over a minute.") }
        }
        let records =
            if let expecting {
                try await journal.append(drafts, to: topic, expecting: expecting)
            } else {
                try await journal.append(drafts, to: topic, expecting: nil)
            }
        if process.isDead { throw .unavailable("dead") }
        let stored = zip(records, drafts).filter { $0.id == $1.id }.map { $0.0 }
        process.tell(stored.map(\.id))
        world.trace("\(process.name) acknowledged \(records.map { "\($0.id) \($0.key ?? "")" })")
        for (record, next) in zip(stored, stored.dropFirst())
        where next.offset != record.offset + 1 {
            world.note("Records of one append are apart: \(record.offset), \(next.offset)")
        }
        return records
    }

    /// Again and again with one key, until it is acknowledged.
    private func insist(on topic: TopicID) async {
        let key = ledger.nextKey()
        let count = executor.happens(300) ? 2 : 1
        let end = executor.now + 90_000_000
        while executor.now < end {
            if let process = world.anyProcess() {
                let drafts = (0..<count).map { draft($0 == 0 ? key : "\(key)+\($0)") }
                do throws(JournalError) {
                    let records = try await append(drafts, to: topic, at: process)
                    if records.map(\.key) != drafts.map(\.key) {
                        world.note("Answered with other keys' records.")
                    }
                    for draft in drafts {
                        if let key = draft.key { ledger.acknowledge(key, by: author, in: topic) }
                    }
                    return
                } catch {
                    if !world.isCalm, executor.happens(100) { return }
                }
            }
            await executor.pause(executor.random(1_000...400_000))
        }
        world.note("\(key) was never accepted.")
    }

    /// A key that was acknowledged is known on every node when all is well again.
    func repeatOne() async {
        guard let (key, author, topic) = ledger.anyKey(executor), author == self.author,
            let process = world.anyProcess()
        else { return }
        let draft = draft(key)
        do throws(JournalError) {
            let records = try await append([draft], to: topic, at: process)
            if records.first?.id == draft.id { world.note("\(key) was stored again in \(topic).") }
        } catch {
            world.note("\(key) could not be repeated: \(error)")
        }
    }

    /// Where the log loses nothing, a node that has caught up has all that any node acknowledged.
    private func catchUp(with topic: TopicID) async {
        guard !world.plan.losesTails, let process = world.anyProcess(),
            let journal = process.journal
        else { return }
        let promised = ledger.records.filter { $0.1 == topic }.map(\.0)
        let records: [Record]
        do throws(JournalError) {
            try await journal.catchUp(with: topic)
            records = try await journal.read(topic, after: 0, limit: .max)
        } catch {
            return
        }
        guard !process.isDead else { return }
        let missing = Set(promised).subtracting(records.map(\.id))
        if !missing.isEmpty { world.note("\(process.name) caught up without \(missing)") }
        let untold = process.untold(promised, in: Partition(of: topic))
        if !untold.isEmpty { world.note("\(process.name)'s topics were not told \(untold)") }
    }

    private func post(to topic: TopicID) async {
        guard let process = world.anyProcess() else { return }
        let drafts = (0..<Int(executor.random(1...3))).map { _ in draft(nil) }
        guard let records = try? await append(drafts, to: topic, at: process) else { return }
        for record in records { ledger.acknowledge(record.id, in: topic) }
    }

    /// Reads the topic as a topic's actor does, and appends what rests on its last record.
    private func take(from topic: TopicID) async {
        guard let process = world.anyProcess(), let journal = process.journal else { return }
        do throws(JournalError) {
            let head = try await journal.head(of: topic)
            let records = try await journal.read(topic, after: 0, limit: .max)
            guard try await journal.head(of: topic) == head,
                records.last?.offset ?? 0 == head.offset
            else { return }
            // A state is held for a while, and the log may become another.
            if executor.happens(500) { await executor.pause(executor.random(1...400_000)) }
            let last = records.last?.id ?? RecordID(0)
            let stored = try await append(
                [draft(nil, "behind \(last)")],
                to: topic,
                expecting: head,
                at: process
            )
            for record in stored { ledger.acknowledge(record.id, in: topic) }
        } catch {
            await executor.pause(executor.random(1...100_000))
        }
    }
}
