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
        try forgetStrays(entries.lazy.flatMap(\.records))
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

    func bookmark(of partition: Partition) throws(SQLiteFailure) -> Bookmark? {
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
}
