import Hub
import TimeSeries

/// Reading an export in.
extension Store {
    private static let recordsPerBatch = 1000

    /// Lines of a topic that are stored together.
    private struct Batch {
        var forgotten: [Record] = []
        var drafts: [Draft] = []
        var blocks: [SealedBlock] = []

        var count: Int { forgotten.count + drafts.count + blocks.count }
    }

    /// Stores what isn't there yet: a record whose id or key is known is passed over, so that the
    /// same import may be run again. A topic without records takes the export's epoch, and with
    /// it every position stays what it was. A shard of metric streams is taken whole or not at all:
    /// two shards' series have the same numbers.
    ///
    /// - Parameter nextLine: the next line without its end; nil after the last.
    package func importRecords(
        _ nextLine: () throws(StorageError) -> [UInt8]?
    ) async throws(StorageError) -> ImportSummary {
        var summary = ImportSummary()
        var number = 0
        var topic: TopicID?
        var batch = Batch()
        while let line = try nextLine() {
            number += 1
            if line.isEmpty { continue }
            switch try Self.parse(line, number) {
            case .header: break
            case .topic(let next, let epoch):
                try await store(&batch, in: topic, &summary)
                try await refuseIfInUse(next, number)
                try await write { .adopt(epoch, next, $0) }
                topic = next
                summary.topics += 1
            case .snapshot(let snapshot):
                guard let topic else {
                    throw .malformed(line: number, reason: "A snapshot stands before any topic.")
                }
                try await write { .begin(snapshot, topic, $0) }
            case .forgotten(let record): batch.forgotten.append(record)
            case .record(let draft): batch.drafts.append(draft)
            case .block(let block):
                guard topic?.shard != nil else {
                    throw .malformed(line: number, reason: "A block stands in no shard of streams.")
                }
                batch.blocks.append(block)
            }
            guard topic != nil || batch.count == 0 else {
                throw .malformed(line: number, reason: "A record stands before any topic.")
            }
            if batch.count == Self.recordsPerBatch {
                try await store(&batch, in: topic, &summary)
            }
        }
        guard number > 0 else { throw .malformed(line: 1, reason: "The export is empty.") }
        try await store(&batch, in: topic, &summary)
        return summary
    }

    /// Empties the tables that follow from the log and fills them again, in one transaction.
    package func rebuildProjections() async throws(StorageError) {
        try await write { .rebuild($0) }
    }

    private func refuseIfInUse(_ topic: TopicID, _ line: Int) async throws(StorageError) {
        guard topic.shard != nil else { return }
        do throws(JournalError) {
            guard try await journal.head(of: topic).offset > 0 else { return }
        } catch {
            throw .failed("\(path): \(error)")
        }
        throw .malformed(
            line: line,
            reason: "\(topic) has samples here already. Metric streams are imported into a hub "
                + "that has none: into a new directory, before it serves."
        )
    }

    private static func parse(_ line: [UInt8], _ number: Int) throws(StorageError) -> ImportLine {
        do throws(Rejection) {
            return try ImportLine(line, isFirst: number == 1)
        } catch {
            throw .malformed(line: number, reason: error.message)
        }
    }

    private func store(
        _ batch: inout Batch,
        in topic: TopicID?,
        _ summary: inout ImportSummary
    ) async throws(StorageError) {
        guard let topic else { return }
        let (forgotten, drafts, blocks) = (batch.forgotten, batch.drafts, batch.blocks)
        batch = Batch()
        if !blocks.isEmpty, let shard = topic.shard {
            try await write { .storeBlocks(blocks, shard: shard, $0) }
        }
        if !forgotten.isEmpty { try await write { .remember(forgotten, topic, $0) } }
        guard !drafts.isEmpty else { return }
        let stored = try await write { .absorb(drafts, topic, $0) }
        summary.stored += stored
        summary.skipped += drafts.count - stored
    }

    private func write<Value: Sendable>(
        _ request: (WriteRequest.Answer<Value>) -> WriteRequest
    ) async throws(StorageError) -> Value {
        do throws(JournalError) {
            return try await queue.ask(request)
        } catch {
            switch error {
            case .full: throw .full(path: path)
            case .corrupt(let detail): throw .corrupt(path: path, detail: detail)
            default: throw .failed("\(path): \(error)")
            }
        }
    }
}
