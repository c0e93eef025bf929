import Foundation
import GRDB
import Hub

/// A directory with the hub's database, open for this process alone.
package final class Store: Sendable {
    package static let fileName = "hub.sqlite"

    package let journal: SQLiteJournal
    package let archive: SQLiteChatArchive
    let path: String
    let queue: WriteQueue
    let readers: Readers
    private let figures: Figures
    private let writer: WriterThread

    /// Opens the directory's database; makes both when there are none.
    ///
    /// - Parameter now: decides whether a ban is over.
    package static func open(
        directory: String,
        durability: Durability = .disk,
        now: @escaping @Sendable () -> Timestamp = Store.systemTime
    ) throws(StorageError) -> Store {
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
        } catch {
            throw .readOnly(path: directory)
        }
        let lock = try DirectoryLock(directory: directory)
        let path = directory + "/" + fileName
        return try Store(path: path, durability: durability, lock: lock, now: now)
    }

    private init(
        path: String,
        durability: Durability,
        lock: DirectoryLock,
        now: @escaping @Sendable () -> Timestamp
    ) throws(StorageError) {
        let database = try Opening.open(path, durability: durability)
        let seed = try Opening.seed(of: database, path: path)
        self.path = path
        queue = WriteQueue()
        figures = Figures()
        let heads = Heads()
        let revisions = Revisions()
        readers = try Readers(path: path)
        journal = SQLiteJournal(queue: queue, readers: readers, heads: heads, seed: seed)
        archive = SQLiteChatArchive(
            readers: readers,
            heads: heads,
            revisions: revisions,
            now: now
        )
        do throws(SQLiteFailure) {
            writer = try WriterThread(database, lock: lock, queue: queue) {
                [figures] connection throws(SQLiteFailure) in
                let tables = try LogTables(
                    connection,
                    heads: heads,
                    projections: [ChatProjection(connection), InboxProjection(connection)],
                    seed: seed.words
                )
                return try Writer(
                    connection,
                    tables: tables,
                    heads: heads,
                    revisions: revisions,
                    figures: figures
                )
            }
        } catch {
            throw error.storageError(path: path)
        }
    }

    deinit {
        queue.close()
    }

    /// Writes what waits, empties the WAL into the file and lets go of it. Safe to call again.
    package func close() async {
        queue.close()
        await writer.ended()
        readers.close()
    }

    package func statistics() -> Statistics {
        Statistics(
            writing: figures.writing,
            queueDepth: queue.depth,
            readQueueDepth: readers.depth,
            databaseBytes: Self.size(of: path),
            walBytes: Self.size(of: path + "-wal")
        )
    }

    package static let systemTime: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    private static func size(of path: String) -> Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }
}
