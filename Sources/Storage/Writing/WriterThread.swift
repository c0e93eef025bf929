import Dispatch
import Foundation
import GRDB
import Hub
import Synchronization

/// The one thread that writes: holds the writing connection for as long as the store is open.
final class WriterThread: Sendable {
    /// Makes the writer on its thread, where its statements have to stay.
    typealias Factory = @Sendable (Connection) throws(SQLiteFailure) -> Writer

    private let end = Ending()
    private let start = DispatchSemaphore(value: 0)
    private let failure = Mutex<SQLiteFailure?>(nil)

    /// Returns when the thread is ready to write, or throws why it can't.
    init(
        _ database: DatabaseQueue,
        lock: DirectoryLock,
        queue: WriteQueue,
        factory: @escaping Factory
    ) throws(SQLiteFailure) {
        let thread = Thread { [self] in
            database.inDatabase { database in
                run(Connection(database), queue, factory)
            }
            try? database.close()
            // The lock goes last, when nobody else can find the file in use.
            lock.release()
            end.arrive()
        }
        thread.name = "storage-writer"
        thread.start()
        start.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    func ended() async {
        await end.wait()
    }

    private func run(_ connection: Connection, _ queue: WriteQueue, _ factory: Factory) {
        do throws(SQLiteFailure) {
            let writer = try factory(connection)
            start.signal()
            writer.run(queue)
        } catch {
            failure.withLock { $0 = error }
            start.signal()
            return
        }
        try? UsageMark.end(connection)
        // What can't be moved into the file now is moved when it is opened again.
        try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
}
