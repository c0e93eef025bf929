import Hub

/// Versions are what a document's log says, and have states that are made from it.
extension LogTables {
    /// The first version of a topic that needs its record, or those before it, to be made. One from
    /// before the snapshot can be made only where no record was forgotten.
    func firstNeeded(of row: Int64) throws(SQLiteFailure) -> Offset? {
        let first = try connection.statement(
            """
            SELECT min(versions.offset) FROM versions
            JOIN topics ON topics.id = versions.topic
            LEFT JOIN snapshots ON snapshots.topic = versions.topic
            WHERE versions.topic = ?1 AND length(versions.state) = 0 AND versions.offset > 0
                AND (trimmed = 0 OR versions.offset >= coalesce(snapshots.offset, 0))
            """
        )
        first.bind(row, at: 1)
        let offset = try first.first { $0.intIfAny(0) }
        return offset.flatMap(\.self).map { Offset(clamping: $0) }
    }

    /// Keeps a version's state, if it is still the version that it was made for.
    func finish(
        _ version: DocumentVersion,
        of topic: TopicID,
        in epoch: Epoch
    ) throws(SQLiteFailure) {
        guard let head = try known(topic), head.epoch == epoch else { return }
        try connection.statement(
            """
            UPDATE versions SET state = ?4
            WHERE id = ?2 AND topic = ?1 AND offset = ?3 AND length(state) = 0
            """
        ).execute(
            .int(head.row),
            .int(version.id.number),
            .int(Int64(clamping: version.offset)),
            .blob(version.state)
        )
    }

    /// Lets go of a topic's versions, as another copy's are to take their place. States of those
    /// that both have stay, and so do those from before versions had records: they are this
    /// node's alone.
    func giveUpVersions(
        but others: [DocumentVersion],
        of row: Int64
    ) throws(SQLiteFailure) {
        let shared = Set(others.map(\.id.number))
        let stored = try connection.statement(
            "SELECT id, length(state) FROM versions WHERE topic = ?1 AND offset > 0"
        )
        stored.bind(row, at: 1)
        let remove = try connection.statement("DELETE FROM versions WHERE id = ?1")
        let keep = try connection.statement("UPDATE versions SET offset = 0 WHERE id = ?1")
        for (id, length) in try stored.all({ ($0.int(0), $0.int(1)) }) {
            let isKept = length > 0 && shared.contains(id)
            try (isKept ? keep : remove).execute(.int(id))
        }
    }
}
