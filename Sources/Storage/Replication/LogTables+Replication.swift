import Hub

/// What a cluster's node does to the log's tables: entries come numbered, and may have to go again.
extension LogTables {
    /// Entries that a partition remembers besides their records: as many as other nodes may ask
    /// for.
    private static let entriesKept: UInt64 = 20_000

    /// Stores entries that follow what is there. What doesn't follow is found before anything is
    /// written.
    func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) throws(SQLiteFailure) -> Result<Void, JournalError> {
        guard let last = entries.last else { return .success(()) }
        if let gap = try gap(before: entries, in: partition) { return .failure(gap) }
        let remember = try connection.statement(
            "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        )
        for entry in entries {
            var head = try head(of: entry.topic, inFirst: epoch)
            for (index, record) in entry.records.enumerated() {
                try store(record, entry.events?[index], in: entry.topic, head.row)
            }
            head.offset += Offset(entry.records.count)
            touched[entry.topic] = head
            try remember.execute(
                .int(Int64(partition.number)),
                .int(Int64(clamping: entry.sequence)),
                .int(Int64(bitPattern: entry.id)),
                .int(head.row),
                .int(Int64(clamping: entry.records[0].offset)),
                .int(Int64(entry.records.count))
            )
        }
        let bookmark = Bookmark(epoch: epoch, sequence: last.sequence, entry: last.id)
        try set(bookmark, of: partition)
        if last.sequence > Self.entriesKept {
            try connection.statement("DELETE FROM entries WHERE partition = ?1 AND sequence <= ?2")
                .execute(
                    .int(Int64(partition.number)),
                    .int(Int64(clamping: last.sequence - Self.entriesKept))
                )
        }
        return .success(())
    }

    /// Where the entries don't follow the bookmark, or their records the topics' heads.
    private func gap(
        before entries: [Entry],
        in partition: Partition
    ) throws(SQLiteFailure) -> JournalError? {
        var sequence = try bookmark(of: partition)?.sequence ?? 0
        var offsets: [TopicID: Offset] = [:]
        for entry in entries {
            sequence += 1
            let stored = try known(entry.topic)?.offset ?? 0
            let offset = offsets[entry.topic] ?? stored
            guard entry.sequence == sequence, entry.records.first?.offset == offset + 1 else {
                return .corrupt(
                    "Entry \(entry.sequence) of \(partition) doesn't follow \(sequence - 1)."
                )
            }
            offsets[entry.topic] = offset + Offset(entry.records.count)
        }
        return nil
    }

    func store(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        _ row: Int64
    ) throws(SQLiteFailure) {
        if let key = record.key {
            try use(place(of: key, by: record.author, in: row), by: record.id)
        }
        try insert(record, in: row)
        for projection in projections {
            try projection.apply(record, event, in: topic, row: row)
        }
    }

    /// A topic that isn't known becomes known in the partition's epoch.
    private func head(
        of topic: TopicID,
        inFirst epoch: Epoch
    ) throws(SQLiteFailure) -> Head {
        guard var head = try known(topic) else { return try add(topic, epoch: epoch) }
        if head.offset == 0, head.epoch != epoch {
            try set(epoch, of: head.row)
            head.epoch = epoch
        }
        return head
    }

    func set(_ epoch: Epoch, of row: Int64) throws(SQLiteFailure) {
        try connection.statement("UPDATE topics SET epoch = ?2 WHERE id = ?1")
            .execute(.int(row), .int(Int64(epoch.number)))
    }

    private func bookmark(of partition: Partition) throws(SQLiteFailure) -> Bookmark? {
        let stored = try connection.statement(
            "SELECT \(BookmarkRow.columns) FROM partitions WHERE partition = ?1"
        )
        stored.bind(Int64(partition.number), at: 1)
        return try stored.first(BookmarkRow.read)
    }

    func set(_ bookmark: Bookmark, of partition: Partition) throws(SQLiteFailure) {
        try connection.statement("INSERT OR REPLACE INTO partitions VALUES (?1, ?2, ?3, ?4)")
            .execute(
                .int(Int64(partition.number)),
                .int(Int64(bookmark.epoch.number)),
                .int(Int64(clamping: bookmark.sequence)),
                .int(Int64(bitPattern: bookmark.entry))
            )
    }

    /// Sets the bookmark and, with another epoch, the one of all topics of the partition. Where a
    /// topic stood in its former one is kept: positions of that are good until there.
    func begin(_ bookmark: Bookmark, in partition: Partition) throws(SQLiteFailure) {
        try set(bookmark, of: partition)
        let topics = try connection.statement("SELECT name FROM topics").all { $0.text(0) }
        for name in topics {
            guard let topic = try? TopicID(name), Partition(of: topic) == partition,
                var head = try known(topic), head.epoch != bookmark.epoch
            else { continue }
            if head.offset > 0 {
                try connection.statement("INSERT OR REPLACE INTO former VALUES (?1, ?2, ?3)")
                    .execute(
                        .int(head.row),
                        .int(Int64(head.epoch.number)),
                        .int(Int64(clamping: head.offset))
                    )
            }
            try set(bookmark.epoch, of: head.row)
            head.epoch = bookmark.epoch
            touched[topic] = head
        }
    }

    /// Takes back the entries behind a number, the last first, and makes what follows from the
    /// records anew: rarely needed, and so the simple way.
    func cut(_ partition: Partition, behind sequence: UInt64) throws(SQLiteFailure) -> [Entry] {
        let strays = try EntryRow.read(
            connection,
            partition,
            after: sequence,
            limit: Int(Int32.max)
        )
        for entry in strays.reversed() {
            guard var head = try known(entry.topic), let first = entry.records.first else {
                continue
            }
            for record in entry.records {
                guard let key = record.key else { continue }
                let place = place(of: key, by: record.author, in: head.row)
                try connection.statement(
                    "DELETE FROM keys WHERE prefix = ?1 AND hash = ?2 AND record = ?3"
                ).execute(.int(place.prefix), .int(place.hash), .int(record.id.number))
            }
            let start = Int64(clamping: first.offset)
            for statement in Self.cutting {
                try connection.statement(statement).execute(.int(head.row), .int(start))
            }
            head.offset = first.offset - 1
            touched[entry.topic] = head
        }
        guard let bookmark = try bookmark(of: partition) else { return strays }
        let last = try EntryRow.id(connection, partition, sequence)
        try connection.statement("DELETE FROM entries WHERE partition = ?1 AND sequence > ?2")
            .execute(.int(Int64(partition.number)), .int(Int64(clamping: sequence)))
        let cut = Bookmark(epoch: bookmark.epoch, sequence: sequence, entry: last ?? 0)
        try set(cut, of: partition)
        if !strays.isEmpty { try rebuild() }
        return strays
    }

    /// What goes of a topic with the records from an offset on.
    static let cutting = [
        "DELETE FROM records WHERE topic = ?1 AND offset >= ?2",
        "DELETE FROM forgotten WHERE topic = ?1 AND offset >= ?2",
        "UPDATE topics SET trimmed = min(trimmed, ?2 - 1) WHERE id = ?1",
        // Documents' updates come again and change nothing; their snapshot is all that there is.
        """
        UPDATE snapshots SET offset = min(offset, ?2 - 1) WHERE topic = ?1
            AND topic IN (SELECT topic FROM documents)
        """,
        "DELETE FROM snapshots WHERE topic = ?1 AND offset >= ?2",
        "UPDATE former SET kept = min(kept, ?2 - 1) WHERE topic = ?1",
    ]
}
