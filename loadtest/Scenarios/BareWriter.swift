import CSQLite
import Glibc

/// What SQLite itself does with the rows of a post: a record, its key and its place among the
/// messages, in transactions of a given size, each on disk before the next. Nothing else: no
/// network, no JSON, no actors, one thread that never waits for anybody.
struct BareWriter {
    /// Rows per transaction: as many posts as can be unacknowledged at a time.
    var batch = 200
    var seconds = 4.0
    var contentBytes = 64
    var seed: UInt64 = 1

    private static let schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = 16384;
        PRAGMA temp_store = MEMORY;
        CREATE TABLE records (
            id INTEGER PRIMARY KEY, topic INTEGER NOT NULL, offset INTEGER NOT NULL,
            at INTEGER NOT NULL, author TEXT NOT NULL, type TEXT NOT NULL, key TEXT,
            payload TEXT NOT NULL
        );
        CREATE UNIQUE INDEX records_by_offset ON records (topic, offset);
        CREATE TABLE keys (
            prefix INTEGER NOT NULL, hash INTEGER NOT NULL, record INTEGER NOT NULL,
            PRIMARY KEY (prefix, hash, record)
        ) WITHOUT ROWID;
        CREATE TABLE messages (
            topic INTEGER NOT NULL, id INTEGER NOT NULL, offset INTEGER NOT NULL,
            altered INTEGER NOT NULL, PRIMARY KEY (topic, id)
        ) WITHOUT ROWID;
        """

    /// Posts a second.
    func run() throws(LoadFailure) -> Double {
        let directory = try ScratchDirectory()
        defer { directory.remove() }
        var database: OpaquePointer?
        guard sqlite3_open(directory.path + "/bare.sqlite", &database) == SQLITE_OK else {
            throw LoadFailure("SQLite can't open a file in \(directory.path)")
        }
        defer { sqlite3_close(database) }
        try Self.execute(Self.schema, database)
        let record = try Self.prepare(
            "INSERT INTO records VALUES (?1, 1, ?2, ?3, ?4, 'message', ?5, ?6)",
            database
        )
        defer { sqlite3_finalize(record) }
        let key = try Self.prepare("INSERT INTO keys VALUES (?1, ?2, ?3)", database)
        defer { sqlite3_finalize(key) }
        let message = try Self.prepare("INSERT INTO messages VALUES (1, ?1, ?2, 0)", database)
        defer { sqlite3_finalize(message) }

        var dice = Dice(seed: seed)
        var keys = KeySource(seed: seed, startingAt: 1_700_000_000_000)
        var posts = 0
        let start = Clock.now()
        let end = start + Int64(seconds * 1e9)
        while Clock.now() < end {
            try Self.execute("BEGIN IMMEDIATE", database)
            for _ in 0..<batch {
                posts += 1
                let id = Int64(7_000_000_000_000_000 + posts)
                let text = keys.next()
                sqlite3_bind_int64(record, 1, id)
                sqlite3_bind_int64(record, 2, Int64(posts))
                sqlite3_bind_int64(record, 3, Int64(1_700_000_000_000 + posts))
                Self.bind("p\(posts % 200)", record, 4)
                Self.bind(text, record, 5)
                Self.bind(payload(id: id, sequence: posts), record, 6)
                try Self.step(record, database)
                sqlite3_bind_int64(key, 1, Int64(1_700_000_000_000 + posts / 32))
                sqlite3_bind_int64(key, 2, Int64(bitPattern: dice.next()))
                sqlite3_bind_int64(key, 3, id)
                try Self.step(key, database)
                sqlite3_bind_int64(message, 1, id)
                sqlite3_bind_int64(message, 2, Int64(posts))
                try Self.step(message, database)
            }
            try Self.execute("COMMIT", database)
        }
        return Double(posts) / Clock.seconds(Clock.now() - start)
    }

    private func payload(id: Int64, sequence: Int) -> String {
        let stamp = Stamp(publisher: 1, sequence: UInt32(sequence), nanoseconds: Int64(sequence))
        let content = String(decoding: stamp.content(byteCount: contentBytes), as: UTF8.self)
        return "{\"id\":\"\(id)\",\"roomId\":\"load-0\",\"userId\":\"p1\","
            + "\"content\":\"\(content)\","
            + "\"type\":\"text\",\"timestamp\":1700000000000,\"editedAt\":null,\"reactions\":{},"
            + "\"threadId\":null}"
    }
}

extension BareWriter {
    private static func execute(_ sql: String, _ database: OpaquePointer?) throws(LoadFailure) {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
            throw failure(database)
        }
    }

    private static func prepare(
        _ sql: String,
        _ database: OpaquePointer?
    ) throws(LoadFailure) -> OpaquePointer? {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
            throw failure(database)
        }
        return statement
    }

    /// SQLite copies the text, since Swift's lives only during the call.
    private static func bind(_ text: String, _ statement: OpaquePointer?, _ place: Int32) {
        let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), copies)
    }

    private static func step(
        _ statement: OpaquePointer?,
        _ database: OpaquePointer?
    ) throws(LoadFailure) {
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure(database) }
        sqlite3_reset(statement)
    }

    private static func failure(_ database: OpaquePointer?) -> LoadFailure {
        LoadFailure("SQLite: \(String(cString: sqlite3_errmsg(database)))")
    }
}
