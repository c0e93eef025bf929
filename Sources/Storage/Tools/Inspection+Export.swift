import Hub

/// All records of all topics, as lines.
extension Inspection {
    private static let bytesPerWrite = 64 << 10

    /// Hands the export over in pieces of some 64 KiB. One moment's state, however long it takes.
    ///
    /// - Throws: what `write` throws, or why the file can't be read.
    package func export(
        _ write: ([UInt8]) throws(StorageError) -> Void
    ) throws(StorageError) {
        var pending: [UInt8] = []
        var refusal: StorageError?
        func add(_ line: [UInt8]) -> Bool {
            pending += line
            pending.append(UInt8(ascii: "\n"))
            if pending.count < Self.bytesPerWrite { return true }
            do throws(StorageError) {
                try write(pending)
                pending.removeAll(keepingCapacity: true)
                return true
            } catch {
                refusal = error
                return false
            }
        }
        try read { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                if add(Export.header()) { try exportTopics(connection, add) }
            }
        }
        if let refusal { throw refusal }
        if !pending.isEmpty { try write(pending) }
    }

    private func exportTopics(
        _ connection: Connection,
        _ add: ([UInt8]) -> Bool
    ) throws(SQLiteFailure) {
        let topics = try connection.statement(
            """
            SELECT id, name, epoch, (SELECT count(*) FROM records WHERE topic = topics.id), trimmed
            FROM topics ORDER BY name
            """
        )
        let snapshot = try connection.statement(
            """
            SELECT offset, state FROM snapshots WHERE topic = ?1
            """
        )
        let records = try connection.statement(
            """
            SELECT \(RecordRow.columns) FROM records
            WHERE topic = ?1 AND offset > ?2 ORDER BY offset
            """
        )
        let forgotten = try connection.statement(
            """
            SELECT id, offset, at, author, type, key, x'' FROM forgotten
            WHERE topic = ?1 ORDER BY offset
            """
        )
        try topics.visit { row throws(SQLiteFailure) in
            let epoch = Epoch(UInt32(truncatingIfNeeded: row.int(2)))
            var goesOn = add(Export.topic(row.text(1), epoch, records: row.int(3)))
            records.bind([.int(row.int(0)), .int(0)])
            if goesOn, row.int(4) > 0 {
                snapshot.bind(row.int(0), at: 1)
                let stored = try snapshot.first {
                    Snapshot(offset: Offset(clamping: $0.int(0)), state: $0.bytes(1))
                }
                if let stored {
                    goesOn = add(Export.snapshot(stored))
                    records.bind(Int64(clamping: stored.offset), at: 2)
                }
                forgotten.bind(row.int(0), at: 1)
                try forgotten.visit { record throws(SQLiteFailure) in
                    goesOn = goesOn && add(Export.forgotten(RecordRow.read(record)))
                    return goesOn
                }
            }
            if goesOn {
                try records.visit { record throws(SQLiteFailure) in
                    goesOn = add(Export.record(RecordRow.read(record)))
                    return goesOn
                }
            }
            if goesOn, let shard = (try? TopicID(row.text(1)))?.shard {
                goesOn = try exportBlocks(of: shard, connection, add)
            }
            return goesOn
        }
    }

    private func exportBlocks(
        of shard: Int,
        _ connection: Connection,
        _ add: ([UInt8]) -> Bool
    ) throws(SQLiteFailure) -> Bool {
        let blocks = try connection.statement(
            """
            SELECT sequence, tier, stands, start, "end", count, data, series FROM blocks
            WHERE shard = ?1 ORDER BY series, tier, "end", sequence
            """
        )
        blocks.bind(Int64(shard), at: 1)
        var goesOn = true
        try blocks.visit { row throws(SQLiteFailure) in
            let series = UInt64(bitPattern: row.int(7))
            if let block = SQLiteMetricArchive.read(row, of: series) {
                goesOn = add(Export.block(block))
            }
            return goesOn
        }
        return goesOn
    }
}
