import Hub

/// Whether what is kept of documents beside their records fits these: snapshots, what stays of
/// forgotten records, versions.
extension Inspection {
    static func documentProblems(_ connection: Connection) throws(SQLiteFailure) -> [String] {
        try snapshotProblems(connection) + forgottenProblems(connection)
            + versionProblems(connection)
    }

    /// Where a topic's log ends, as an expression.
    private static let head = """
        coalesce((SELECT max(offset) FROM records WHERE records.topic = topics.id), trimmed)
        """

    /// A record that is forgotten lives on in a snapshot alone.
    private static func snapshotProblems(
        _ connection: Connection
    ) throws(SQLiteFailure) -> [String] {
        var problems = try connection.statement(
            """
            SELECT name FROM topics WHERE trimmed > coalesce(
                (SELECT offset FROM snapshots WHERE topic = topics.id), 0)
            LIMIT \(problemsMaximum)
            """
        ).all { "Records of \($0.text(0)) are forgotten that no snapshot holds." }
        let snapshots = try connection.statement(
            """
            SELECT snapshots.topic, name, offset > \(head), state FROM snapshots
            LEFT JOIN topics ON topics.id = snapshots.topic
            """
        )
        try snapshots.visit { row throws(SQLiteFailure) in
            guard let name = row.textIfAny(1), let topic = try? TopicID(name) else {
                problems.append("The snapshot of topic \(row.int(0)) belongs to no topic.")
                return problems.count < problemsMaximum
            }
            if row.int(2) != 0 { problems.append("The log of \(name) ends before its snapshot.") }
            if topic.kind == .doc, DocumentLog(topic: topic, snapshot: row.bytes(3)) == nil {
                problems.append("The snapshot of \(name) can't be read.")
            }
            return problems.count < problemsMaximum
        }
        return problems
    }

    private static func forgottenProblems(
        _ connection: Connection
    ) throws(SQLiteFailure) -> [String] {
        try connection.statement(
            """
            SELECT forgotten.id, name FROM forgotten
            LEFT JOIN topics ON topics.id = forgotten.topic
            WHERE name IS NULL OR offset > trimmed LIMIT \(problemsMaximum)
            """
        ).all { row in
            let record = "The forgotten record \(row.int(0))"
            guard let name = row.textIfAny(1) else { return "\(record) belongs to no topic." }
            return "\(record) is from after what \(name) has forgotten."
        }
    }

    private static func versionProblems(
        _ connection: Connection
    ) throws(SQLiteFailure) -> [String] {
        let versions = try connection.statement(
            """
            SELECT versions.id, documents.name, deleted_at IS NOT NULL,
                versions.offset > \(head), versions.state,
                trimmed > 0 AND versions.offset < coalesce(snapshots.offset, 0)
                    AND NOT EXISTS (SELECT 1 FROM partitions)
            FROM versions
            LEFT JOIN topics ON topics.id = versions.topic
            LEFT JOIN documents ON documents.topic = versions.topic
            LEFT JOIN snapshots ON snapshots.topic = versions.topic
            """
        )
        var problems: [String] = []
        try versions.visit { row throws(SQLiteFailure) in
            let version = "Version \(row.int(0))"
            guard let name = row.textIfAny(1) else {
                problems.append("\(version) belongs to no document.")
                return problems.count < problemsMaximum
            }
            if row.int(2) != 0 { problems.append("\(version) is of \(name), which was deleted.") }
            if row.int(3) != 0 { problems.append("The log of \(name) ends before \(version).") }
            let state = row.bytes(4)
            if state.isEmpty, row.int(5) != 0 {
                // In a cluster another node may have it; otherwise the log makes it.
                problems.append("\(version) of \(name) can't be made any more.")
            } else if !state.isEmpty, !DocumentVersion.isReadable(state) {
                problems.append("\(version) of \(name) can't be read.")
            }
            return problems.count < problemsMaximum
        }
        return problems
    }
}
