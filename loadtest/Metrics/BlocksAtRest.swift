import CSQLite
import Foundation

/// What a hub's data takes on the disk, counted in its database once it has ended.
struct BlocksAtRest {
    /// Samples in blocks, the bytes of these blocks, and all bytes that blocks of tiers have.
    private(set) var samples = 0
    private(set) var bytes = 0
    private(set) var tierBytes = 0
    /// Pages of the table and of its indexes: rows and what they don't fill.
    private(set) var pageBytes = 0
    private(set) var fileBytes = 0

    init(in directory: ScratchDirectory) throws(LoadFailure) {
        let path = directory.path + "/data/hub.sqlite"
        var database: OpaquePointer?
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            throw LoadFailure("The hub's data can't be read at \(path)")
        }
        defer { sqlite3_close(database) }
        samples = try Self.number("SELECT sum(count) FROM blocks WHERE tier = 0", database)
        bytes = try Self.number("SELECT sum(length(data)) FROM blocks WHERE tier = 0", database)
        tierBytes = try Self.number(
            "SELECT sum(length(data)) FROM blocks WHERE tier > 0",
            database
        )
        pageBytes = try Self.number(
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'blocks%'",
            database
        )
        for suffix in ["", "-wal"] {
            let facts = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            fileBytes += facts?[.size] as? Int ?? 0
        }
    }

    private static func number(
        _ query: String,
        _ database: OpaquePointer?
    ) throws(LoadFailure) -> Int {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK else {
            throw LoadFailure("SQLite refuses: \(query)")
        }
        defer { sqlite3_finalize(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { return 0 }
        return Int(sqlite3_column_int64(statement, 0))
    }
}
