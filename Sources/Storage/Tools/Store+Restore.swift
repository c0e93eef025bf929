import Foundation
import GRDB
import Hub

/// Putting a backup in the place of a database.
extension Store {
    /// Makes a backup the directory's database; `replacing` allows it to replace one.
    ///
    /// What was stored after the backup is gone, so every topic gets a new epoch: a client that
    /// comes with a position from before is sent everything anew.
    package static func restore(
        from backup: String,
        to directory: String,
        replacing: Bool = false
    ) throws(StorageError) {
        let source = try Inspection(path: backup)
        let problems = try source.integrityProblems()
        if let problem = problems.first { throw .corrupt(path: backup, detail: problem) }
        try makeDirectory(directory)
        let lock = try DirectoryLock(directory: directory)
        defer { lock.release() }
        let path = directory + "/" + fileName
        if !replacing, FileManager.default.fileExists(atPath: path) { throw .exists(path: path) }
        let partial = path + ".partial"
        try DatabaseFile.remove(partial)
        do throws(StorageError) {
            try source.copy(to: partial, for: path)
            try beginAnew(partial)
            try DatabaseFile.move(partial, to: path)
        } catch {
            try? DatabaseFile.remove(partial)
            throw error
        }
    }

    private static func beginAnew(_ path: String) throws(StorageError) {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.inDatabase { database in
                let connection = Connection(database)
                try UsageMark.changeEpochs(connection)
                try UsageMark.end(connection)
                // So that all of it is in the file that gets the name.
                try connection.execute("PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }
}
