import Foundation
import GRDB
import Hub

/// A directory's database seen from beside: read only, also while a hub has it open.
package final class Inspection: Sendable {
    let path: String
    let database: DatabaseQueue

    package static func open(directory: String) throws(StorageError) -> Inspection {
        try Inspection(path: directory + "/" + Store.fileName)
    }

    init(path: String) throws(StorageError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        do {
            database = try Self.connect(path)
            try database.inDatabase { database in
                if try Schema.migrator.hasBeenSuperseded(database) {
                    throw StorageError.newerSchema(path: path)
                }
                if try Schema.migrator.appliedIdentifiers(database).isEmpty {
                    throw StorageError.notADatabase(path: path)
                }
                if try !Schema.migrator.hasCompletedMigrations(database) {
                    let advice = "start the hub on it once"
                    throw StorageError.failed("\(path) is of an earlier version: \(advice).")
                }
            }
        } catch let error as StorageError {
            throw error
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
        self.path = path
    }

    /// Runs `body` on the connection; its failures become ones that name the file.
    func read<Value>(
        _ body: (Connection) throws(SQLiteFailure) -> Value
    ) throws(StorageError) -> Value {
        do {
            return try database.inDatabase { try body(Connection($0)) }
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }

    /// On a disk that can't be written SQLite can't make the files that a WAL needs. Without a WAL
    /// the file is all there is, and may be read as one that doesn't change.
    private static func connect(_ path: String) throws -> DatabaseQueue {
        let settings = ConnectionSettings.reader()
        do {
            let queue = try DatabaseQueue(path: path, configuration: settings)
            try queue.inDatabase { try $0.execute(sql: "SELECT count(*) FROM sqlite_master") }
            return queue
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            guard !FileManager.default.fileExists(atPath: path + "-wal") else { throw error }
            let address = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
            return try DatabaseQueue(path: address, configuration: settings)
        }
    }
}
