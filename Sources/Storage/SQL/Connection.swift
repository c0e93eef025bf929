import GRDB
import GRDBSQLite

/// A database connection on its own thread, with the statements that were prepared on it.
final class Connection {
    let database: Database
    private var statements: [String: PreparedStatement] = [:]

    init(_ database: Database) {
        self.database = database
    }

    /// The statement for that text; prepared once.
    func statement(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
        if let statement = statements[sql] { return statement }
        let statement = try PreparedStatement(sql, on: database)
        statements[sql] = statement
        return statement
    }

    func execute(_ sql: String) throws(SQLiteFailure) {
        do {
            try database.execute(sql: sql)
        } catch {
            throw SQLiteFailure(error)
        }
    }

    /// True between BEGIN and its end.
    var isInTransaction: Bool {
        database.sqliteConnection.map { sqlite3_get_autocommit($0) == 0 } ?? false
    }

    /// Runs several reads against one state of the database.
    func consistently<T>(
        _ body: () throws(SQLiteFailure) -> T
    ) throws(SQLiteFailure) -> T {
        try statement("BEGIN DEFERRED").execute()
        do throws(SQLiteFailure) {
            let result = try body()
            try statement("COMMIT").execute()
            return result
        } catch {
            try? statement("ROLLBACK").execute()
            throw error
        }
    }

    /// Moves pages from the WAL into the file without keeping anybody from anything; says how many
    /// are left. Nil when it failed.
    func checkpoint() -> Int32? {
        var inLog: Int32 = 0
        var moved: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(
            database.sqliteConnection,
            nil,
            SQLITE_CHECKPOINT_PASSIVE,
            &inLog,
            &moved
        )
        return code == SQLITE_OK ? max(0, inLog - moved) : nil
    }

    /// Pages that this connection has written since it was opened.
    var pagesWritten: Int {
        var current: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(
            database.sqliteConnection,
            SQLITE_DBSTATUS_CACHE_WRITE,
            &current,
            &highest,
            0
        )
        return Int(current)
    }
}
