import Hub

/// The full-text index's rows. What is taken out must be what was put in: the index has no copy.
final class SearchIndex {
    private let connection: Connection
    private let insert: PreparedStatement
    private let delete: PreparedStatement

    init(_ connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        insert = try connection.statement(
            "INSERT INTO search (rowid, content, scope) VALUES (?1, ?2, ?3)"
        )
        delete = try connection.statement(
            """
            INSERT INTO search (search, rowid, content, scope) VALUES ('delete', ?1, ?2, ?3)
            """
        )
    }

    /// The word that stands for a room in the index.
    static func scope(_ row: Int64) -> String { "r\(row)" }

    func add(_ message: Message, row: Int64) throws(SQLiteFailure) {
        try run(insert, message, row)
    }

    func remove(_ message: Message, row: Int64) throws(SQLiteFailure) {
        try run(delete, message, row)
    }

    func clear() throws(SQLiteFailure) {
        try connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    }

    private func run(
        _ statement: PreparedStatement,
        _ message: Message,
        _ row: Int64
    ) throws(SQLiteFailure) {
        guard message.kind != .system, message.deletedAt == nil else { return }
        statement.bind(message.id.number, at: 1)
        statement.bind(message.content, at: 2)
        statement.bind(Self.scope(row), at: 3)
        try statement.execute()
    }
}
