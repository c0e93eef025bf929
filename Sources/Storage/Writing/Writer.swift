import Dispatch
import Hub

/// Commits what waits, on its own thread: all topics' requests of a moment in one transaction.
///
/// When nothing fails there is no savepoint. When a row is at fault the transaction is taken
/// back, and each request gets one of its own, so that only the faulty one is refused.
final class Writer {
    /// Bounds how long a commit takes, and so how long its first request waits.
    static let draftsPerCommit = 4096
    static let bytesPerCommit = 16 << 20
    /// After a commit the next one gathers for as long as that one took, but not longer than this.
    /// So a busy writer makes fewer and larger commits, which cost less a record and give members
    /// more at once; who comes after a pause waits for nobody.
    static let gatheringMaximum = 4_000_000

    private let connection: Connection
    let tables: LogTables
    private let heads: Heads
    let revisions: Revisions
    private let figures: Figures
    private let checkpointer: Checkpointer
    private var pagesAtCheckpoint = 0
    /// Until when the next commit gathers.
    private var gatheringEnd = DispatchTime(uptimeNanoseconds: 0)
    private let begin: PreparedStatement
    private let commit: PreparedStatement
    private let rollback: PreparedStatement

    init(
        _ connection: Connection,
        tables: LogTables,
        heads: Heads,
        revisions: Revisions,
        figures: Figures,
        checkpointer: Checkpointer
    ) throws(SQLiteFailure) {
        self.connection = connection
        self.tables = tables
        self.heads = heads
        self.revisions = revisions
        self.figures = figures
        self.checkpointer = checkpointer
        begin = try connection.statement("BEGIN IMMEDIATE")
        commit = try connection.statement("COMMIT")
        rollback = try connection.statement("ROLLBACK")
    }

    func run(_ queue: WriteQueue) {
        while let requests = queue.next(notBefore: gatheringEnd) {
            var batch: [WriteRequest] = []
            var drafts = 0
            var bytes = 0
            for request in requests {
                if case .work(let body) = request {
                    store(batch)
                    (batch, drafts, bytes) = ([], 0, 0)
                    body(connection)
                    continue
                }
                batch.append(request)
                drafts += request.weight
                bytes += request.bytes
                if drafts >= Self.draftsPerCommit || bytes >= Self.bytesPerCommit {
                    store(batch)
                    (batch, drafts, bytes) = ([], 0, 0)
                }
            }
            store(batch)
        }
    }

    private func store(_ batch: [WriteRequest]) {
        guard !batch.isEmpty else { return }
        let start = DispatchTime.now()
        let answers: [() -> Void]
        do throws(SQLiteFailure) {
            answers = try transact(batch)
        } catch  where error.isAboutRows && batch.count > 1 {
            for request in batch { store([request]) }
            return
        } catch {
            figures.failed(error)
            answers = batch.map { request in { request.refuse(error.journalError) } }
        }
        let end = DispatchTime.now()
        let time = Int(clamping: end.uptimeNanoseconds - start.uptimeNanoseconds)
        gatheringEnd = end + .nanoseconds(min(time, Self.gatheringMaximum))
        for answer in answers { answer() }
        let pages = connection.pagesWritten
        if pages - pagesAtCheckpoint >= Checkpointer.pagesPerCheckpoint {
            pagesAtCheckpoint = pages
            checkpointer.wake()
        }
    }

    /// One transaction; answers are given only when it is committed.
    private func transact(_ batch: [WriteRequest]) throws(SQLiteFailure) -> [() -> Void] {
        let start = ContinuousClock.now
        do throws(SQLiteFailure) {
            try begin.execute()
            var answers: [() -> Void] = []
            answers.reserveCapacity(batch.count)
            for request in batch { answers.append(try perform(request)) }
            try tables.flush()
            try commit.execute()
            heads.publish(tables.touched)
            revisions.advance(tables.touched.keys)
            tables.reset()
            figures.committed(batch, started: start)
            return answers
        } catch {
            undo()
            throw error
        }
    }

    /// SQLite has ended the transaction by itself after some errors.
    private func undo() {
        if connection.isInTransaction { try? rollback.execute() }
        tables.reset()
        heads.forget()
    }

    private func perform(_ request: WriteRequest) throws(SQLiteFailure) -> () -> Void {
        switch request {
        case .append(let append):
            let result = try tables.append(
                append.drafts,
                to: append.topic,
                expecting: append.expecting
            )
            return { append.answer.resume(returning: result) }
        case .head(let topic, let answer):
            let position = try tables.position(of: topic)
            return { answer.resume(returning: .success(position)) }
        case .save(let snapshot, let topic, let answer):
            guard try tables.save(snapshot, of: topic) else {
                let early = JournalError.unavailable("A version of \(topic) was not made yet.")
                return { answer.resume(returning: .failure(early)) }
            }
            return { answer.resume(returning: .success(())) }
        case .trim(let topic, let offset, let answer):
            try tables.trim(topic, upTo: offset)
            return { answer.resume(returning: .success(())) }
        case .finish(let version, let topic, let epoch, let answer):
            try tables.finish(version, of: topic, in: epoch)
            return { answer.resume(returning: .success(())) }
        case .storeBlocks(let blocks, let shard, let answer):
            try tables.store(blocks, of: shard)
            return { answer.resume(returning: .success(())) }
        case .removeBlocks(let moments, let limit, let answer):
            let count = try tables.removeBlocks(endedBefore: moments, limit: limit)
            return { answer.resume(returning: .success(count)) }
        case .begin(let snapshot, let topic, let answer):
            try tables.begin(topic, with: snapshot)
            return { answer.resume(returning: .success(())) }
        case .remember(let records, let topic, let answer):
            try tables.remember(records, in: topic)
            return { answer.resume(returning: .success(())) }
        case .absorb(let drafts, let topic, let answer):
            let count = try tables.absorb(drafts, in: topic)
            return { answer.resume(returning: .success(count)) }
        case .adopt(let epoch, let topic, let answer):
            try tables.adopt(epoch, for: topic)
            return { answer.resume(returning: .success(())) }
        case .rebuild(let answer):
            try tables.rebuild()
            return { [revisions] in
                revisions.advanceAll()
                answer.resume(returning: .success(()))
            }
        case .archive, .cut, .keep, .strays, .turn, .open, .take, .complete:
            return try replicate(request)
        case .work:
            preconditionFailure("Work is no part of a transaction.")
        }
    }
}
