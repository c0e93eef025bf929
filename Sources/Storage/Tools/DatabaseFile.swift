import Foundation
import Glibc

/// What is done to database files as a whole.
enum DatabaseFile {
    private static let companions = ["-wal", "-shm", "-journal"]

    /// Removes the file and those that belong to it, if they are there. The WAL goes first: with
    /// another file in the first one's place it would be taken for that one's.
    static func remove(_ path: String) throws(StorageError) {
        for name in companions.map({ path + $0 }) + [path]
        where FileManager.default.fileExists(atPath: name) {
            do {
                try FileManager.default.removeItem(atPath: name)
            } catch {
                throw .readOnly(path: name)
            }
        }
    }

    static func copy(_ path: String, to destination: String) throws(StorageError) {
        do {
            try FileManager.default.copyItem(atPath: path, toPath: destination)
        } catch {
            let code = (error as NSError).code
            throw code == CocoaError.fileWriteOutOfSpace.rawValue
                ? .full(path: destination) : .failed("\(destination): \(error)")
        }
    }

    /// Gives a finished file its name; on the disk, with all that is in it, when this returns.
    static func move(_ path: String, to destination: String) throws(StorageError) {
        try sync(path)
        guard rename(path, destination) == 0 else {
            throw .failed("\(destination) can't be given its name (error \(errno)).")
        }
        let directory = URL(fileURLWithPath: destination).deletingLastPathComponent().path
        try sync(directory)
    }

    private static func sync(_ path: String) throws(StorageError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing(path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .failed("\(path) can't be brought to the disk (error \(errno)).")
        }
    }
}
