/// Why a database can't be opened, copied, read in or trusted: for the operator, in a sentence.
package enum StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another process has it open.
    case locked(path: String, process: Int32?)
    /// A later version of this program wrote it.
    case newerSchema(path: String)
    /// The file is something else.
    case notADatabase(path: String)
    /// The file is a database and damaged.
    case corrupt(path: String, detail: String)
    /// The disk, directory or file can't be written.
    case readOnly(path: String)
    /// No room left on the disk.
    case full(path: String)
    /// There is nothing at that path.
    case missing(path: String)
    /// There is something at that path already.
    case exists(path: String)
    /// A line of an import can't be understood; nothing of its batch was stored.
    case malformed(line: Int, reason: String)
    case failed(String)

    package var description: String {
        switch self {
        case .locked(let path, let process):
            let holder = process.map { "process \($0)" } ?? "another process"
            return "\(path) is in use by \(holder)."
        case .newerSchema(let path):
            return "\(path) was written by a newer version of this program."
        case .notADatabase(let path):
            return "\(path) is not a database."
        case .corrupt(let path, let detail):
            return "\(path) is damaged: \(detail)"
        case .readOnly(let path):
            return "\(path) can't be written."
        case .full(let path):
            return "There is no room left on the disk of \(path)."
        case .missing(let path):
            return "There is nothing at \(path)."
        case .exists(let path):
            return "There is something at \(path) already."
        case .malformed(let line, let reason):
            return "Line \(line) can't be read: \(reason)"
        case .failed(let reason):
            return reason
        }
    }
}
