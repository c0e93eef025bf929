import Foundation
import GRDB
import Hub

/// A few threads with a read-only connection each: SQL blocks them, and neither an event loop nor
/// the threads that Swift's tasks share.
final class Readers: Sendable {
    private let queue = ReadQueue()
    private let ended = DispatchGroup()

    /// A reader needs a core to be of use, and more than a few compete for the page cache.
    static var usualCount: Int { min(4, max(2, ProcessInfo.processInfo.activeProcessorCount)) }

    var depth: Int { queue.depth }

    init(path: String, count: Int = usualCount) throws(StorageError) {
        for index in 0..<count {
            let connection: DatabaseQueue
            do {
                connection = try DatabaseQueue(
                    path: path,
                    configuration: ConnectionSettings.reader()
                )
            } catch {
                queue.close()
                throw SQLiteFailure(error).storageError(path: path)
            }
            start(connection, name: "storage-reader-\(index)")
        }
    }

    deinit {
        queue.close()
    }

    /// Runs the question on a reader's thread.
    nonisolated(nonsending) func ask<Value: Sendable>(
        _ question: @escaping @Sendable (Connection) throws(SQLiteFailure) -> Value
    ) async throws(JournalError) -> Value {
        let result: Result<Value, JournalError> = await withCheckedContinuation { answer in
            let taken = queue.submit { connection in
                do throws(SQLiteFailure) {
                    answer.resume(returning: .success(try question(connection)))
                } catch {
                    answer.resume(returning: .failure(error.journalError))
                }
            }
            if !taken {
                let refusal = JournalError.unavailable("Too many questions wait for the readers.")
                answer.resume(returning: .failure(refusal))
            }
        }
        return try result.get()
    }

    /// Answers what waits, then ends the threads. Blocks until they are gone.
    func close() {
        queue.close()
        ended.wait()
    }

    private func start(_ connection: DatabaseQueue, name: String) {
        ended.enter()
        let thread = Thread { [queue, ended] in
            connection.inDatabase { database in
                let connection = Connection(database)
                while let question = queue.next() { question(connection) }
            }
            try? connection.close()
            ended.leave()
        }
        thread.name = name
        thread.start()
    }
}
