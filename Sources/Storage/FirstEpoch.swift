import Hub

/// The epoch in which the topics of a database begin: random, chosen when the database was created,
/// stored in it. So who asks for a topic that has no records needs no row of it, and millions of
/// names that nobody writes to cost nothing.
enum FirstEpoch {
    private static let name = "first epoch"

    /// The stored one; stores one when there is none. Part of a transaction of the caller's.
    static func stored(_ connection: Connection) throws(SQLiteFailure) -> Epoch {
        let fresh = UInt32.random(in: 1...UInt32(Int32.max))
        try connection.statement("INSERT OR IGNORE INTO settings VALUES (?1, ?2)")
            .execute(.text(name), .int(Int64(fresh)))
        let read = try connection.statement("SELECT value FROM settings WHERE name = ?1")
        read.bind(name, at: 1)
        let stored = try read.first { UInt32(truncatingIfNeeded: $0.int(0)) }
        return Epoch(stored ?? fresh)
    }

    /// Another one is chosen when the database is opened next.
    static func forget(_ connection: Connection) throws(SQLiteFailure) {
        try connection.statement("DELETE FROM settings WHERE name = ?1").execute(.text(name))
    }
}
