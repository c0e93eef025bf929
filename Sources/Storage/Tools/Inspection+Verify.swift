import Foundation
import GRDB
import Hub

/// Whether what is stored is sound and all of it fits together.
extension Inspection {
    /// Problems, a sentence each; empty when all is well. Works on copies beside the file, which
    /// take three times its room for a while, so that a hub may go on writing.
    package func verify() throws(StorageError) -> [String] {
        var problems = try integrityProblems()
        // Copying a file of damaged structure makes no sense.
        guard problems.isEmpty else { return problems }
        let stored = path + ".verify"
        let rebuilt = path + ".rebuilt"
        defer {
            try? DatabaseFile.remove(stored)
            try? DatabaseFile.remove(rebuilt)
        }
        try DatabaseFile.remove(stored)
        try DatabaseFile.remove(rebuilt)
        do {
            try database.inDatabase { database in
                try Connection(database).statement("VACUUM INTO ?1").execute(.text(stored))
            }
            try DatabaseFile.copy(stored, to: rebuilt)
            problems += try DatabaseQueue(path: stored).inDatabase { database in
                try Self.logProblems(Connection(database))
                    + Self.indexProblems(Connection(database))
                    + Self.documentProblems(Connection(database))
            }
            problems += try DatabaseQueue(path: rebuilt).inDatabase { database in
                try Self.projectionProblems(Connection(database), comparedWith: stored)
            }
            return problems
        } catch let error as StorageError {
            throw error
        } catch {
            throw SQLiteFailure(error).storageError(path: path)
        }
    }

    static let problemsMaximum: Int64 = 20

    private static func logProblems(_ connection: Connection) throws(SQLiteFailure) -> [String] {
        let gaps = try connection.statement(
            """
            SELECT coalesce(name, 'topic ' || topic) FROM records
            LEFT JOIN topics ON topics.id = records.topic GROUP BY topic
            HAVING min(offset) <> 1 + coalesce(trimmed, 0)
                OR max(offset) <> count(*) + coalesce(trimmed, 0) OR name IS NULL
            LIMIT \(problemsMaximum)
            """
        )
        let seed = try HashSeed.stored(connection).words
        let find = try connection.statement(
            """
            SELECT 1 FROM keys WHERE prefix = ?1 AND hash = ?2 AND record = ?3
            """
        )
        var problems = try gaps.all { "The offsets of \($0.text(0)) are not dense." }
        let keyed = try connection.statement(
            """
            SELECT id, topic, author, key FROM records WHERE key IS NOT NULL
            UNION ALL SELECT id, topic, author, key FROM forgotten
            """
        )
        var count: Int64 = 0
        try keyed.visit { row throws(SQLiteFailure) in
            count += 1
            let place = KeyPlace(row.text(3), by: row.text(2), in: row.int(1), seed: seed)
            find.bind([.int(place.prefix), .int(place.hash), .int(row.int(0))])
            if try find.first({ _ in true }) == nil {
                problems.append("The key of record \(row.int(0)) can't be found.")
            }
            return problems.count < problemsMaximum
        }
        let stored = try connection.statement("SELECT count(*) FROM keys").first { $0.int(0) }
        if stored != count, problems.isEmpty { problems.append("There are keys without records.") }
        return problems
    }

    /// The full-text index checks itself against the messages' texts.
    private static func indexProblems(_ connection: Connection) throws(SQLiteFailure) -> [String] {
        do throws(SQLiteFailure) {
            try connection.execute(
                "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"
            )
            return []
        } catch {
            return ["The full-text index does not match the messages."]
        }
    }

    private static func projectionProblems(
        _ connection: Connection,
        comparedWith stored: String
    ) throws(SQLiteFailure) -> [String] {
        let tables = try LogTables(
            connection,
            heads: Heads(),
            projections: [
                ChatProjection(connection), InboxProjection(connection),
                DocumentProjection(connection), VersionProjection(connection),
            ],
            seed: (0, 0),
            firstEpoch: Epoch(1)
        )
        try connection.execute("BEGIN")
        try tables.rebuild()
        try connection.execute("COMMIT")
        try connection.statement("ATTACH ?1 AS stored").execute(.text(stored))
        var problems: [String] = []
        for table in ChatProjection.tables + ["markers", "documents", "versions"] {
            let (main, other) = ("SELECT * FROM main.\(table)", "SELECT * FROM stored.\(table)")
            let differences = try connection.statement(
                """
                SELECT count(*) FROM (
                    SELECT * FROM (\(main) EXCEPT \(other))
                    UNION ALL SELECT * FROM (\(other) EXCEPT \(main)))
                """
            )
            let count = try differences.first { $0.int(0) } ?? 0
            if count > 0 { problems.append("\(count) rows of \(table) are not what the log says.") }
        }
        return problems
    }
}
