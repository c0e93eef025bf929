import Hub

/// The tables of the log itself, as the writer's thread sees them inside a transaction.
final class LogTables {
    let connection: Connection
    private let heads: Heads
    let projections: [any Projection]
    private let seed: (UInt64, UInt64)
    private let firstEpoch: Epoch
    private let insertRecord: PreparedStatement
    private let insertKey: PreparedStatement
    private let findKey: PreparedStatement
    /// The heads of the topics that this transaction has touched.
    var touched: [TopicID: Head] = [:]

    init(
        _ connection: Connection,
        heads: Heads,
        projections: [any Projection],
        seed: (UInt64, UInt64),
        firstEpoch: Epoch
    ) throws(SQLiteFailure) {
        self.connection = connection
        self.heads = heads
        self.projections = projections
        self.seed = seed
        self.firstEpoch = firstEpoch
        insertRecord = try connection.statement(
            "INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        )
        insertKey = try connection.statement("INSERT INTO keys VALUES (?1, ?2, ?3)")
        findKey = try connection.statement(Self.keyQuery)
    }

    /// Numbers and inserts the drafts. A conflict is found before anything is written.
    func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) throws(SQLiteFailure) -> Result<[Record], JournalError> {
        var head = try head(of: topic)
        if let expecting {
            guard expecting == head.offset else {
                return .failure(.conflict(head: head.offset))
            }
            let repeated = try repeated(among: drafts, in: head.row)
            guard repeated.isEmpty else { return .failure(.repeated(repeated)) }
        }
        // What was looked for needs no other look, unless it comes twice.
        var fresh: Set<KeyPlace> = []
        var records: [Record] = []
        records.reserveCapacity(drafts.count)
        for draft in drafts {
            if let key = draft.key {
                let place = place(of: key, by: draft.author, in: head.row)
                let isFresh = expecting != nil && fresh.insert(place).inserted
                if !isFresh, let first = try find(key, at: place, by: draft.author, in: head.row) {
                    records.append(first)
                    continue
                }
                try use(place, by: draft.id)
            }
            let record = Record(draft, offset: head.offset + 1)
            try insert(record, in: head.row)
            for projection in projections {
                try projection.apply(record, draft.event, in: topic, row: head.row)
            }
            head.offset += 1
            records.append(record)
        }
        touched[topic] = head
        return .success(records)
    }

    private func repeated(
        among drafts: [Draft],
        in row: Int64
    ) throws(SQLiteFailure) -> [Record] {
        var repeated: [Record] = []
        for draft in drafts {
            guard let key = draft.key else { continue }
            let place = place(of: key, by: draft.author, in: row)
            if let first = try find(key, at: place, by: draft.author, in: row) {
                repeated.append(first)
            }
        }
        return repeated
    }

    /// The topic's head as this transaction sees it; a topic that wasn't known becomes known.
    func head(of topic: TopicID) throws(SQLiteFailure) -> Head {
        if let head = try known(topic) { return head }
        return try add(topic, epoch: firstEpoch)
    }

    /// Where the topic stands; one that isn't known stays so.
    func position(of topic: TopicID) throws(SQLiteFailure) -> Position {
        try known(topic)?.position ?? Position(epoch: firstEpoch, offset: 0)
    }

    func known(_ topic: TopicID) throws(SQLiteFailure) -> Head? {
        if let head = touched[topic] ?? heads.head(of: topic) { return head }
        let stored = try connection.statement(Self.headQuery)
        stored.bind(topic.text, at: 1)
        let head = try stored.first(Self.readHead)
        if let head { touched[topic] = head }
        return head
    }

    func add(_ topic: TopicID, epoch: Epoch) throws(SQLiteFailure) -> Head {
        let insert = try connection.statement(
            "INSERT INTO topics (name, epoch) VALUES (?1, ?2) RETURNING id"
        )
        insert.bind(topic.text, at: 1)
        insert.bind(Int64(epoch.number), at: 2)
        guard let row = try insert.first({ $0.int(0) }) else {
            preconditionFailure("An insertion returns its row.")
        }
        let head = Head(row: row, epoch: epoch, offset: 0)
        touched[topic] = head
        return head
    }

    /// False when a version needs the records up to there, and nothing was stored.
    @discardableResult
    func save(_ snapshot: Snapshot, of topic: TopicID) throws(SQLiteFailure) -> Bool {
        let head = try head(of: topic)
        if let needed = try firstNeeded(of: head.row), needed < snapshot.offset { return false }
        let upsert = try connection.statement(
            """
            INSERT INTO snapshots VALUES (?1, ?2, ?3) ON CONFLICT (topic) DO UPDATE
            SET offset = excluded.offset, state = excluded.state
            WHERE excluded.offset >= snapshots.offset
            """
        )
        upsert.bind(head.row, at: 1)
        upsert.bind(Int64(clamping: snapshot.offset), at: 2)
        upsert.bind(blob: snapshot.state, at: 3)
        try upsert.execute()
        return true
    }

    func flush() throws(SQLiteFailure) {
        for projection in projections { try projection.flush() }
    }

    /// The transaction is over, one way or the other.
    func reset() {
        touched.removeAll(keepingCapacity: true)
        for projection in projections { projection.reset() }
    }

    static let headQuery = """
        SELECT id, epoch, coalesce(
            (SELECT offset FROM records WHERE topic = topics.id ORDER BY offset DESC LIMIT 1),
            trimmed)
        FROM topics WHERE name = ?1
        """

    /// The record with a key, or what stays of it: by its place first, then by all that makes it
    /// the same.
    static let keyQuery = """
        SELECT coalesce(records.id, forgotten.id), coalesce(records.offset, forgotten.offset),
            coalesce(records.at, forgotten.at), coalesce(records.author, forgotten.author),
            coalesce(records.type, forgotten.type), coalesce(records.key, forgotten.key),
            coalesce(records.payload, x'')
        FROM keys
        LEFT JOIN records ON records.id = keys.record AND records.topic = ?3
        LEFT JOIN forgotten ON forgotten.topic = ?3 AND forgotten.id = keys.record
        WHERE prefix = ?1 AND hash = ?2
            AND coalesce(records.author, forgotten.author) = ?4
            AND coalesce(records.key, forgotten.key) = ?5
        """

    static func readHead(_ row: PreparedStatement) -> Head {
        Head(
            row: row.int(0),
            epoch: Epoch(UInt32(truncatingIfNeeded: row.int(1))),
            offset: Offset(clamping: row.int(2))
        )
    }

    func use(_ place: KeyPlace, by record: RecordID) throws(SQLiteFailure) {
        insertKey.bind(place.prefix, at: 1)
        insertKey.bind(place.hash, at: 2)
        insertKey.bind(record.number, at: 3)
        try insertKey.execute()
    }

    func insert(_ record: Record, in row: Int64) throws(SQLiteFailure) {
        insertRecord.bind(record.id.number, at: 1)
        insertRecord.bind(row, at: 2)
        insertRecord.bind(Int64(clamping: record.offset), at: 3)
        insertRecord.bind(record.at.milliseconds, at: 4)
        insertRecord.bind(record.author, at: 5)
        insertRecord.bind(record.type, at: 6)
        insertRecord.bind(record.key, at: 7)
        if record.isBinary {
            insertRecord.bind(blob: record.payload, at: 8)
        } else {
            insertRecord.bind(text: record.payload, at: 8)
        }
        try insertRecord.execute()
    }

    func place(of key: String, by author: String, in row: Int64) -> KeyPlace {
        KeyPlace(key, by: author, in: row, seed: seed)
    }

    func find(
        _ key: String,
        at place: KeyPlace,
        by author: String,
        in row: Int64
    ) throws(SQLiteFailure) -> Record? {
        findKey.bind(place.prefix, at: 1)
        findKey.bind(place.hash, at: 2)
        findKey.bind(row, at: 3)
        findKey.bind(author, at: 4)
        findKey.bind(key, at: 5)
        return try findKey.first(RecordRow.read)
    }
}
