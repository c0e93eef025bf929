import Hub

/// A node's own copy of its cluster's topics, in SQLite: the journal reads it.
package final class SQLiteReplica: Replica {
    let queue: WriteQueue
    let readers: Readers

    init(queue: WriteQueue, readers: Readers) {
        self.queue = queue
        self.readers = readers
    }

    package func bookmarks() async throws(JournalError) -> [Partition: Bookmark] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                "SELECT partition, \(BookmarkRow.columns) FROM partitions"
            ).all { (Partition(Int(clamping: $0.int(0))), BookmarkRow.read($0, from: 1)) }
            var bookmarks: [Partition: Bookmark] = [:]
            for case (let partition?, let bookmark) in rows { bookmarks[partition] = bookmark }
            if bookmarks.count == Partition.count { return bookmarks }
            // What a hub has stored before it became a cluster's node.
            let topics = try connection.statement(
                """
                SELECT name FROM topics
                WHERE trimmed > 0 OR EXISTS (SELECT 1 FROM records WHERE topic = topics.id)
                """
            ).all { try? TopicID($0.text(0)) }
            for case let topic? in topics where bookmarks[Partition(of: topic)] == nil {
                bookmarks[Partition(of: topic)] = .partial
            }
            return bookmarks
        }
    }

    package func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) async throws(JournalError) {
        try await queue.ask { .archive(entries, partition, epoch, $0) }
    }

    package func entries(
        in partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(JournalError) -> [Entry] {
        try await readers.ask { connection throws(SQLiteFailure) in
            try EntryRow.read(connection, partition, after: sequence, limit: limit)
        }
    }

    package func cut(
        _ partition: Partition,
        to bookmark: Bookmark
    ) async throws(JournalError) -> Bool {
        try await queue.ask { .cut(bookmark, partition, $0) }
    }

    package func keep(_ strays: [Entry], in partition: Partition) async throws(JournalError) {
        try await queue.ask { .keep(strays, partition, $0) }
    }

    package func strays(in partition: Partition) async throws(JournalError) -> [Entry] {
        try await queue.ask { .strays(partition, $0) }
    }

    package func known(_ ids: [RecordID]) async throws(JournalError) -> Set<RecordID> {
        try await readers.ask { connection throws(SQLiteFailure) in
            let find = try connection.statement("SELECT 1 FROM records WHERE id = ?1")
            var known: Set<RecordID> = []
            for id in ids {
                find.bind(id.number, at: 1)
                if try find.first({ _ in true }) == true { known.insert(id) }
            }
            return known
        }
    }

    package func heads(in partition: Partition) async throws(JournalError) -> [TopicID: Offset] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT name, coalesce(
                    (SELECT offset FROM records WHERE topic = topics.id
                    ORDER BY offset DESC LIMIT 1), trimmed)
                FROM topics
                """
            ).all { ($0.text(0), Offset(clamping: $0.int(1))) }
            var heads: [TopicID: Offset] = [:]
            for (name, offset) in rows where offset > 0 {
                guard let topic = try? TopicID(name), Partition(of: topic) == partition else {
                    continue
                }
                heads[topic] = offset
            }
            return heads
        }
    }

    package func begin(
        _ bookmark: Bookmark,
        in partition: Partition
    ) async throws(JournalError) {
        try await queue.ask { .turn(bookmark, partition, $0) }
    }
}
