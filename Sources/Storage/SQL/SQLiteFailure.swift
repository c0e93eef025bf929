import GRDB
import GRDBSQLite
import Hub

/// SQLite's refusal: its extended result code and its words.
struct SQLiteFailure: Error, Hashable {
    let code: Int32
    let message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: any Error) {
        switch error {
        case let failure as SQLiteFailure:
            self = failure
        case let error as DatabaseError:
            self.init(
                code: error.extendedResultCode.rawValue,
                message: error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
            )
        default:
            self.init(code: SQLITE_ERROR, message: "\(error)")
        }
    }

    /// The code without its details.
    private var kind: Int32 { code & 0xFF }

    /// True when the rows themselves were at fault: others in the same transaction may be stored.
    var isAboutRows: Bool { kind == SQLITE_CONSTRAINT || kind == SQLITE_TOOBIG }

    var journalError: JournalError {
        switch kind {
        case SQLITE_FULL: .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(message)
        default: .unavailable(message)
        }
    }

    func storageError(path: String) -> StorageError {
        switch kind {
        case SQLITE_FULL: .full(path: path)
        case SQLITE_CORRUPT: .corrupt(path: path, detail: message)
        case SQLITE_NOTADB: .notADatabase(path: path)
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN: .readOnly(path: path)
        case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path, process: nil)
        default: .failed("\(path): \(message)")
        }
    }
}
