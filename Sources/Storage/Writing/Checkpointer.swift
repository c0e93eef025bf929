import Dispatch
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// Moves what is in the WAL into the file, on a thread and connection of its own.
///
/// Copying pages and syncing the file take long and keep nobody from committing. But pages that
/// are committed meanwhile stay in the WAL, and it can begin anew only when it is empty: so
/// the few that are left are moved on the writer's thread, between two commits.
final class Checkpointer: Sendable {
    /// Pages written since the last time: 32 MiB.
    static let pagesPerCheckpoint = 8192
    /// What the writer may be asked to move by itself: some milliseconds.
    private static let pagesForWriter: Int32 = 2048
    private static let passesMaximum = 4

    private let queue: WriteQueue
    private let wakeup = DispatchSemaphore(value: 0)
    private let isClosed = Atomic<Bool>(false)
    private let end = Ending()

    init(path: String, durability: Durability, queue: WriteQueue) throws(StorageError) {
        self.queue = queue
        let database: DatabaseQueue
        do {
            database = try DatabaseQueue(
                path: path,
                configuration: ConnectionSettings.writer(durability)
            )
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
        let thread = Thread { [self] in
            database.inDatabase { run(Connection($0)) }
            try? database.close()
            end.arrive()
        }
        thread.name = "storage-checkpointer"
        thread.start()
    }

    /// Called by the writer when enough was written.
    func wake() {
        wakeup.signal()
    }

    func close() {
        isClosed.store(true, ordering: .relaxed)
        wakeup.signal()
    }

    func ended() async {
        await end.wait()
    }

    private func run(_ connection: Connection) {
        while true {
            wakeup.wait()
            if isClosed.load(ordering: .relaxed) { return }
            // A failure here is the writer's to report: it meets the same disk.
            for _ in 0..<Self.passesMaximum {
                guard let left = connection.checkpoint(), left > Self.pagesForWriter else { break }
            }
            _ = queue.submit(.work { _ = $0.checkpoint() })
        }
    }
}
