import Hub

/// A partition is filled from another node's copy, topic by topic; in between it follows from no
/// log, and its bookmark says so.
extension LogTables {
    func open(_ partition: Partition) throws(SQLiteFailure) {
        try set(.partial, of: partition)
        try connection.statement("DELETE FROM entries WHERE partition = ?1")
            .execute(.int(Int64(partition.number)))
    }

    func take(_ part: TopicPart) throws(SQLiteFailure) -> [Record] {
        var strays: [Record] = []
        if let snapshot = part.snapshot {
            let row = try head(of: part.topic).row
            try giveUpVersions(but: part.versions, of: row)
            let old = try cut(part.topic, behind: 0)
            strays = old.filter { $0.offset > snapshot.offset }
            for statement in Self.clearing {
                try connection.statement(statement).execute(.int(row))
            }
            try begin(part.topic, with: snapshot)
            for version in part.versions {
                try VersionProjection.insert(version, in: row, connection)
            }
            try remember(part.forgotten, in: part.topic)
        } else if try head(of: part.topic).offset > part.kept {
            strays = try cut(part.topic, behind: part.kept)
        }
        var head = try head(of: part.topic)
        for record in part.records where record.offset == head.offset + 1 {
            try store(record, nil, in: part.topic, head.row)
            head.offset += 1
        }
        touched[part.topic] = head
        let taken = Set(part.records.map(\.id))
        strays.removeAll { taken.contains($0.id) }
        let stray = Entry(id: 0, sequence: 0, topic: part.topic, records: strays)
        try keep([stray], in: Partition(of: part.topic))
        try forgetStrays(part.records)
        return strays
    }

    private static let clearing = [
        "DELETE FROM documents WHERE topic = ?1",
        "DELETE FROM snapshots WHERE topic = ?1",
    ]

    /// Takes back a topic's records behind an offset, and answers them.
    private func cut(_ topic: TopicID, behind offset: Offset) throws(SQLiteFailure) -> [Record] {
        var head = try head(of: topic)
        let rows = try connection.statement(
            """
            SELECT \(RecordRow.columns) FROM records
            WHERE topic = ?1 AND offset > ?2 ORDER BY offset
            """
        )
        rows.bind([.int(head.row), .int(Int64(clamping: offset))])
        let records = try rows.all(RecordRow.read)
        try takeBack(head.row, from: Int64(clamping: offset + 1))
        head.offset = offset
        touched[topic] = head
        if !records.isEmpty { try rebuild() }
        return records
    }

    func complete(
        _ partition: Partition,
        as outline: PartitionOutline
    ) throws(SQLiteFailure) {
        for extent in outline.topics {
            guard var head = try known(extent.topic) else { continue }
            try set(outline.bookmark.epoch, of: head.row)
            head.epoch = outline.bookmark.epoch
            touched[extent.topic] = head
            try connection.statement("DELETE FROM former WHERE topic = ?1").execute(.int(head.row))
            for (epoch, kept) in extent.former {
                try connection.statement("INSERT INTO former VALUES (?1, ?2, ?3)").execute(
                    .int(head.row),
                    .int(Int64(epoch.number)),
                    .int(Int64(clamping: kept))
                )
            }
        }
        try set(outline.bookmark, of: partition)
    }
}
