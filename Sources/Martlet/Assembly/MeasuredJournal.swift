import Gateway
import Hub

/// The journal with its appends counted and timed, for `/metrics`.
struct MeasuredJournal: Journal {
    let journal: any Journal
    let instruments: Instruments

    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        try await measure(drafts) { () async throws(JournalError) in
            try await journal.append(drafts, to: topic, expecting: expecting)
        }
    }

    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Position
    ) async throws(JournalError) -> [Record] {
        try await measure(drafts) { () async throws(JournalError) in
            try await journal.append(drafts, to: topic, expecting: expecting)
        }
    }

    private nonisolated(nonsending) func measure(
        _ drafts: [Draft],
        _ append: nonisolated(nonsending) () async throws(JournalError) -> [Record]
    ) async throws(JournalError) -> [Record] {
        let start = ContinuousClock.now
        instruments.journalQueueRecords.add(drafts.count)
        defer { instruments.journalQueueRecords.add(-drafts.count) }
        do throws(JournalError) {
            let records = try await append()
            instruments.commitTime.observe(ContinuousClock.now - start)
            instruments.commitRecords.observe(drafts.count)
            instruments.recordsCommitted.add(drafts.count)
            return records
        } catch {
            instruments.commitFailures.add()
            throw error
        }
    }

    nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        try await journal.read(topic, after: after, limit: limit)
    }

    nonisolated(nonsending) func forgo(_ topic: TopicID) async {
        await journal.forgo(topic)
    }

    nonisolated(nonsending) func catchUp(with topic: TopicID) async throws(JournalError) {
        try await journal.catchUp(with: topic)
    }

    nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position {
        try await journal.head(of: topic)
    }

    nonisolated(nonsending) func formerEpochs(
        of topic: TopicID
    ) async throws(JournalError) -> [Epoch: Offset] {
        try await journal.formerEpochs(of: topic)
    }

    nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        try await journal.record(withKey: key, by: author, in: topic)
    }

    nonisolated(nonsending) func records(
        withKeys keys: [RecordKey],
        in topic: TopicID
    ) async throws(JournalError) -> [Record?] {
        try await journal.records(withKeys: keys, in: topic)
    }

    nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        try await journal.snapshot(of: topic)
    }

    nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        try await journal.save(snapshot, of: topic)
    }

    nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError) {
        try await journal.trim(topic, upTo: upTo)
    }
}
