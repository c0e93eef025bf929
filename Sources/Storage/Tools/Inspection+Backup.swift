import Foundation
import GRDB

/// A copy of one moment, taken while the hub goes on.
extension Inspection {
    /// Writes a compact copy to `destination`, checks it, and only then gives it that name.
    package func backup(to destination: String) throws(StorageError) {
        guard !FileManager.default.fileExists(atPath: destination) else {
            throw .exists(path: destination)
        }
        let partial = destination + ".partial"
        try DatabaseFile.remove(partial)
        do throws(StorageError) {
            try copy(to: partial, for: destination)
            let problems = try Inspection(path: partial).integrityProblems()
            if let problem = problems.first { throw .corrupt(path: path, detail: problem) }
            try DatabaseFile.move(partial, to: destination)
        } catch {
            try? DatabaseFile.remove(partial)
            throw error
        }
    }

    /// Also what is still in the WAL.
    func copy(to partial: String, for destination: String) throws(StorageError) {
        do {
            try database.inDatabase { database in
                try Connection(database).statement("VACUUM INTO ?1").execute(.text(partial))
            }
        } catch {
            throw SQLiteFailure(error).storageError(path: destination)
        }
    }

    /// What SQLite finds wrong with the file's structure; empty when nothing is.
    func integrityProblems() throws(StorageError) -> [String] {
        try read { connection throws(SQLiteFailure) in
            try connection.statement("PRAGMA integrity_check(20)").all { $0.text(0) }
                .filter { $0 != "ok" }
        }
    }
}
