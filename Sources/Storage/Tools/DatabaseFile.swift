import Foundation
import Glibc

/// What is done to database files as a whole.
enum DatabaseFile {
    private static let companions = ["-wal", "-shm", "-journal"]

    /// Removes the file and those that belong to it, if they are there. The WAL goes first: with
    /// another file in the first one's place it would be taken for that one's.
    static func remove(_ path: String) throws(StorageError) {
        try removeCompanions(of: path)
        try removeFile(path)
    }

    private static func removeCompanions(of path: String) throws(StorageError) {
        for name in companions { try removeFile(path + name) }
    }

    private static func removeFile(_ path: String) throws(StorageError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .readOnly(path: path)
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

    /// Gives a finished file its name; on the disk, with all that is in it, when this returns. A
    /// file that had the name is replaced at once: there is always one of the two.
    static func move(_ path: String, to destination: String) throws(StorageError) {
        try sync(path)
        try removeCompanions(of: destination)
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
