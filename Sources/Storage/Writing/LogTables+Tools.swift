import Hub

/// What imports and repairs do to the log's tables, inside a transaction like everything else.
extension LogTables {
    /// Appends the records that aren't stored yet, by id or key; says how many they were.
    func absorb(_ drafts: [Draft], in topic: TopicID) throws(SQLiteFailure) -> Int {
        let find = try connection.statement("SELECT 1 FROM records WHERE id = ?1")
        let before = try head(of: topic).offset
        for draft in drafts {
            find.bind(draft.id.number, at: 1)
            if try find.first({ _ in true }) == true { continue }
            _ = try append([draft], to: topic, expecting: nil)
        }
        return Int(clamping: try head(of: topic).offset - before)
    }

    func adopt(_ epoch: Epoch, for topic: TopicID) throws(SQLiteFailure) {
        var head = try head(of: topic)
        guard head.offset == 0, head.epoch != epoch else { return }
        try connection.statement("UPDATE topics SET epoch = ?2 WHERE id = ?1")
            .execute(.int(head.row), .int(Int64(epoch.number)))
        head.epoch = epoch
        touched[topic] = head
    }

    /// Shows every record to the projections again, topic by topic in order.
    func rebuild() throws(SQLiteFailure) {
        for projection in projections {
            projection.reset()
            try projection.clear()
        }
        let topics = try connection.statement("SELECT id, name FROM topics ORDER BY id")
            .all { (row: $0.int(0), name: $0.text(1)) }
        let records = try connection.statement(
            """
            SELECT \(RecordRow.columns) FROM records WHERE topic = ?1 ORDER BY offset
            """
        )
        for (row, name) in topics {
            guard let topic = try? TopicID(name) else { continue }
            records.bind(row, at: 1)
            try records.visit { record throws(SQLiteFailure) in
                let record = RecordRow.read(record)
                for projection in projections {
                    try projection.apply(record, nil, in: topic, row: row)
                }
                return true
            }
            // Rooms are gathered in memory until then: not all of them at once.
            for projection in projections {
                try projection.flush()
                projection.reset()
            }
        }
    }
}
