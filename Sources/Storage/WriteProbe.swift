import Hub

/// Finds out whether the store can be written, for those who ask whether the hub can work.
///
/// Cheap, and cheaper the more is written: a commit that has just succeeded or failed tells
/// already, and only a store that rests is tried, with one row that is written over.
struct WriteProbe {
    /// How long a commit speaks for those after it.
    static let trusted: Duration = .seconds(5)
    /// How long a failed one does, unless a later one succeeds.
    static let distrusted: Duration = .seconds(10)

    let queue: WriteQueue
    let figures: Figures

    /// Nil when what is appended now would be stored.
    func problem() async -> String? {
        let now = ContinuousClock.now
        let last = figures.lastCommits
        if let failure = last.failure(within: Self.distrusted, before: now) {
            let seconds = failure.age.components.seconds
            return "\(Self.words(failure.error)), \(seconds) s ago"
        }
        if last.haveSucceeded(within: Self.trusted, before: now) { return nil }
        return await attempt().map(Self.words)
    }

    /// On the writer's thread, between two commits.
    private func attempt() async -> JournalError? {
        await withCheckedContinuation { answer in
            let work = WriteRequest.work { connection in
                answer.resume(returning: Self.write(connection)?.journalError)
            }
            if let refusal = queue.submit(work) { answer.resume(returning: refusal) }
        }
    }

    /// One row, so one page; its value changes, or there would be nothing to write.
    private static func write(_ connection: Connection) -> SQLiteFailure? {
        do throws(SQLiteFailure) {
            let statement = try connection.statement(
                """
                INSERT INTO settings VALUES ('probed', 1)
                ON CONFLICT (name) DO UPDATE SET value = value + 1
                """
            )
            try statement.execute()
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
        case .conflict: "busy"
        }
    }
}

extension Store {
    /// Why nothing can be stored, in a few words for an operator; nil when it can.
    package func writingProblem() async -> String? {
        await WriteProbe(queue: queue, figures: figures).problem()
    }
}
