import Foundation
import GRDB
import GRDBSQLite
import Hub

/// The steps from a path to a database that may be written.
struct Opening {
    let database: DatabaseQueue
    let seed: HashSeed
    let firstEpoch: Epoch

    /// Opens or makes the file, brings its tables up to date and marks it as in use.
    init(_ path: String, durability: Durability) throws(StorageError) {
        do {
            // The mark has to be on the disk before anything that it is to warn of.
            database = try DatabaseQueue(
                path: path,
                configuration: ConnectionSettings.writer(.disk)
            )
            try Self.check(database, path: path)
            try Schema.migrator.migrate(database)
            (seed, firstEpoch) = try database.inDatabase { database in
                let connection = Connection(database)
                try connection.execute("BEGIN IMMEDIATE")
                let seed = try HashSeed.stored(connection)
                try UsageMark.begin(durability, connection)
                let firstEpoch = try FirstEpoch.stored(connection)
                try connection.execute(Self.strayVersions)
                try connection.execute("COMMIT")
                try connection.execute("PRAGMA synchronous = \(durability.pragma)")
                return (seed, firstEpoch)
            }
        } catch let error as StorageError {
            throw error
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }

    /// Versions go with their document. Should one have stayed behind, it goes now.
    private static let strayVersions = """
        DELETE FROM versions WHERE topic IN (
            SELECT topic FROM documents WHERE deleted_at IS NOT NULL)
        """

    /// Refuses what can't be written, what a later version wrote and what isn't ours.
    private static func check(_ queue: DatabaseQueue, path: String) throws {
        try queue.inDatabase { database in
            if sqlite3_db_readonly(database.sqliteConnection, "main") == 1 {
                throw StorageError.readOnly(path: path)
            }
            if try Schema.migrator.hasBeenSuperseded(database) {
                throw StorageError.newerSchema(path: path)
            }
            // Another program's tables are no place for ours.
            let isEmpty =
                try Connection(database).statement("SELECT 1 FROM sqlite_master")
                .first { _ in true } == nil
            if try !isEmpty && Schema.migrator.appliedIdentifiers(database).isEmpty {
                throw StorageError.notADatabase(path: path)
            }
        }
    }
}
