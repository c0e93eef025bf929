import GRDB
import GRDBSQLite

/// A prepared statement whose columns are bound and read through SQLite's own functions.
///
/// GRDB prepares and owns it; its arguments and rows are gone around because they cost more than
/// the insertion of a row. The pointers here are sound: the handle lives as long as the GRDB
/// statement that is held beside it, bound bytes are copied by SQLite before a call returns
/// (`SQLITE_TRANSIENT`), read bytes are copied before the next step, and an instance isn't
/// `Sendable`, so it stays on its connection's thread.
final class PreparedStatement {
    private let statement: Statement
    private let handle: OpaquePointer
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ sql: String, on database: Database) throws(SQLiteFailure) {
        do {
            statement = try database.makeStatement(sql: sql)
        } catch {
            throw SQLiteFailure(error)
        }
        handle = statement.sqliteStatement
    }

    // Parameters are counted from 1, as SQLite counts them.

    func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, value)
    }

    func bind(_ value: Int64?, at index: Int32) {
        if let value { bind(value, at: index) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ value: String, at index: Int32) {
        var value = value
        value.withUTF8 { bytes in
            // An empty string may have no address, and SQLite takes none for NULL.
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else {
                    sqlite3_bind_text(handle, index, "", 0, Self.copied)
                    return
                }
                sqlite3_bind_text(handle, index, start, Int32(clamping: bytes.count), Self.copied)
            }
        }
    }

    func bind(_ value: String?, at index: Int32) {
        if let value { bind(value, at: index) } else { sqlite3_bind_null(handle, index) }
    }

    /// Bytes that are UTF-8, as a text.
    func bind(text bytes: [UInt8], at index: Int32) {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else {
                    sqlite3_bind_text(handle, index, "", 0, Self.copied)
                    return
                }
                sqlite3_bind_text(handle, index, start, Int32(clamping: bytes.count), Self.copied)
            }
        }
    }

    func bind(blob bytes: [UInt8], at index: Int32) {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                sqlite3_bind_zeroblob(handle, index, 0)
                return
            }
            sqlite3_bind_blob(handle, index, start, Int32(clamping: buffer.count), Self.copied)
        }
    }

    /// Binds all parameters in order.
    func bind(_ values: [SQLValue]) {
        for (offset, value) in values.enumerated() {
            let index = Int32(truncatingIfNeeded: offset + 1)
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .int(let value): bind(value, at: index)
            case .text(let value): bind(value, at: index)
            case .blob(let value): bind(blob: value, at: index)
            }
        }
    }

    /// Runs it to its end.
    func execute() throws(SQLiteFailure) {
        defer { sqlite3_reset(handle) }
        while try step() {}
    }

    func execute(_ values: SQLValue...) throws(SQLiteFailure) {
        bind(values)
        try execute()
    }

    /// Runs it once for each element.
    func executeEach<Element>(
        _ elements: [Element],
        _ values: (Element) -> [SQLValue]
    ) throws(SQLiteFailure) {
        for element in elements {
            bind(values(element))
            try execute()
        }
    }

    /// What `read` makes of the first row; nil without one.
    func first<T>(_ read: (PreparedStatement) -> T) throws(SQLiteFailure) -> T? {
        defer { sqlite3_reset(handle) }
        return try step() ? read(self) : nil
    }

    /// What `read` makes of each row.
    func all<T>(_ read: (PreparedStatement) -> T) throws(SQLiteFailure) -> [T] {
        defer { sqlite3_reset(handle) }
        var rows: [T] = []
        while try step() { rows.append(read(self)) }
        return rows
    }

    /// Shows each row to `body` until it says false.
    func visit(
        _ body: (PreparedStatement) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        defer { sqlite3_reset(handle) }
        while try step() {
            guard try body(self) else { return }
        }
    }

    // Columns are counted from 0, as SQLite counts them.

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func intIfAny(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func isBlob(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_BLOB }

    func text(_ column: Int32) -> String { String(decoding: slice(column), as: UTF8.self) }

    func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: Int32) -> [UInt8] { Array(slice(column)) }

    /// Valid until the next step: only for copying out of.
    func slice(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    private func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let connection = sqlite3_db_handle(handle)
            throw SQLiteFailure(
                code: connection.map(sqlite3_extended_errcode) ?? code,
                message: sqlite3_errmsg(connection).map { String(cString: $0) } ?? "error \(code)"
            )
        }
    }
}
