import Foundation
import GRDB
import Hub

/// A directory with the hub's database, open for this process alone.
package final class Store: Sendable {
    package static let fileName = "hub.sqlite"

    package let journal: SQLiteJournal
    package let archive: SQLiteChatArchive
    package let documents: SQLiteDocumentArchive
    package let metrics: SQLiteMetricArchive
    package let orders: SQLiteOrderArchive
    package let stock: SQLiteStockArchive
    package let products: SQLiteProductArchive
    package let replica: SQLiteReplica
    let path: String
    let queue: WriteQueue
    let readers: Readers
    let figures: Figures
    private let checkpointer: Checkpointer
    private let writer: WriterThread

    /// Opens the directory's database; makes both when there are none.
    ///
    /// - Parameter now: decides whether a ban is over.
    package static func open(
        directory: String,
        durability: Durability = .disk,
        now: @escaping @Sendable () -> Timestamp = Store.systemTime
    ) throws(StorageError) -> Store {
        try makeDirectory(directory)
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
        let opening = try Opening(path, durability: durability)
        self.path = path
        queue = WriteQueue()
        figures = Figures()
        let heads = Heads()
        let revisions = Revisions()
        readers = try Readers(path: path)
        journal = SQLiteJournal(queue: queue, readers: readers, heads: heads, seed: opening.seed)
        archive = SQLiteChatArchive(
            readers: readers,
            heads: heads,
            revisions: revisions,
            now: now
        )
        documents = SQLiteDocumentArchive(queue: queue, readers: readers)
        metrics = SQLiteMetricArchive(queue: queue, readers: readers)
        orders = SQLiteOrderArchive(readers: readers)
        stock = SQLiteStockArchive(readers: readers)
        products = SQLiteProductArchive(readers: readers)
        replica = SQLiteReplica(queue: queue, readers: readers)
        checkpointer = try Checkpointer(path: path, durability: durability, queue: queue)
        do throws(SQLiteFailure) {
            writer = try WriterThread(opening.database, lock: lock, queue: queue) {
                [figures, checkpointer, seed = opening.seed, epoch = opening.firstEpoch]
                connection throws(SQLiteFailure) in
                let tables = try LogTables(
                    connection,
                    heads: heads,
                    projections: [
                        ChatProjection(connection), InboxProjection(connection),
                        DocumentProjection(connection), VersionProjection(connection),
                        StockProjection(connection),
                        ProductProjection(connection), OrderProjection(connection),
                    ],
                    seed: seed.words,
                    firstEpoch: epoch
                )
                return try Writer(
                    connection,
                    tables: tables,
                    heads: heads,
                    revisions: revisions,
                    figures: figures,
                    checkpointer: checkpointer
                )
            }
        } catch {
            checkpointer.close()
            throw error.storageError(path: path)
        }
    }

    deinit {
        checkpointer.close()
        queue.close()
    }

    /// Writes what waits, empties the WAL into the file and lets go of it. Safe to call again.
    package func close() async {
        checkpointer.close()
        await checkpointer.ended()
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

    static func makeDirectory(_ path: String) throws(StorageError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        } catch {
            throw .readOnly(path: path)
        }
    }

    package static let systemTime: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    private static func size(of path: String) -> Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }
}
