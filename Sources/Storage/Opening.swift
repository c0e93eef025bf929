import Foundation
import GRDB
import GRDBSQLite

/// The steps from a path to a database that may be written.
enum Opening {
    /// Opens or makes the file and brings its tables up to date.
    static func open(_ path: String, durability: Durability) throws(StorageError) -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(
                path: path,
                configuration: ConnectionSettings.writer(durability)
            )
            try check(queue, path: path)
            try Schema.migrator.migrate(queue)
            return queue
        } catch let error as StorageError {
            throw error
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }

    static func seed(of queue: DatabaseQueue, path: String) throws(StorageError) -> HashSeed {
        do {
            return try queue.inDatabase { database in
                try HashSeed.stored(Connection(database))
            }
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }

    /// Refuses what a later version wrote, and what isn't ours.
    static func check(_ queue: DatabaseQueue, path: String) throws {
        try queue.inDatabase { database in
            if database.sqliteConnection.map({ sqlite3_db_readonly($0, "main") }) == 1,
                !database.configuration.readonly
            {
                throw StorageError.readOnly(path: path)
            }
            if try Schema.migrator.hasBeenSuperseded(database) {
                throw StorageError.newerSchema(path: path)
            }
        }
    }
}
