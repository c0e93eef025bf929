import Hub

/// Finds out whether the store can be written, for those who ask whether the hub can work.
///
/// Cheap, and cheaper the more is written: a commit that has just succeeded or failed tells
/// already, and only a store that rests is tried, with one row that is written over. It is small,
/// or as large as a commit where the last commit failed, as a full disk may have a page left.
struct WriteProbe {
    /// How long a commit speaks for those after it.
    static let trusted: Duration = .seconds(5)
    private static let bytesUsual: Int64 = 8
    private static let bytesAfterFailure: Int64 = 128 << 10

    let queue: WriteQueue
    let figures: Figures
    /// How long a failed commit speaks for those after it, unless a later one succeeds.
    var distrusted: Duration = .seconds(10)

    /// Nil when what is appended now would be stored.
    func problem() async -> String? {
        let now = ContinuousClock.now
        let last = figures.lastCommits
        if let failure = last.failure(within: distrusted, before: now) {
            let seconds = failure.age.components.seconds
            return "\(Self.words(failure.error)), \(seconds) s ago"
        }
        if last.haveSucceeded(within: Self.trusted, before: now) { return nil }
        let hasFailed = last.failure(within: .seconds(Int.max), before: now) != nil
        let bytes = hasFailed ? Self.bytesAfterFailure : Self.bytesUsual
        return await attempt(bytes).map(Self.words)
    }

    /// On the writer's thread, between two commits.
    private func attempt(_ bytes: Int64) async -> JournalError? {
        await withCheckedContinuation { answer in
            let work = WriteRequest.work { connection in
                answer.resume(returning: Self.write(bytes, connection)?.journalError)
            }
            if let refusal = queue.submit(work) { answer.resume(returning: refusal) }
        }
    }

    /// Bytes that are others each time, or there would be nothing to write.
    private static func write(_ bytes: Int64, _ connection: Connection) -> SQLiteFailure? {
        do throws(SQLiteFailure) {
            try connection.statement(
                "INSERT OR REPLACE INTO settings VALUES ('probed', randomblob(?1))"
            )
            .execute(.int(bytes))
            return nil
        } catch {
            if connection.isInTransaction { try? connection.execute("ROLLBACK") }
            return error
        }
    }

    private static func words(_ error: JournalError) -> String {
        switch error {
        case .full: "no room left on the disk"
        case .unavailable(let words): "can't be written (\(words))"
        case .corrupt: "damaged"
        case .conflict, .repeated: "busy"
        }
    }
}

extension Store {
    /// Why nothing can be stored, in a few words for an operator; nil when it can.
    package func writingProblem() async -> String? {
        await WriteProbe(queue: queue, figures: figures).problem()
    }
}
