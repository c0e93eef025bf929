import Synchronization

/// The journal in memory as a node's copy: for tests.
extension InMemoryJournal: Replica {
    package func bookmarks() async throws(JournalError) -> [Partition: Bookmark] {
        state.withLock { $0.bookmarks }
    }

    package func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) async throws(JournalError) {
        let failure: JournalError? = state.withLock { state in
            if !state.failures.isEmpty { return state.failures.removeFirst() }
            var sequence = state.bookmarks[partition]?.sequence ?? 0
            var next = state.logs
            for entry in entries {
                sequence += 1
                var log = next[entry.topic] ?? Log(epoch: epoch)
                guard entry.sequence == sequence, let first = entry.records.first,
                    first.offset == log.head + 1
                else { return .corrupt("Entry \(entry.sequence) of \(partition) doesn't follow.") }
                for record in entry.records {
                    if let key = record.key {
                        log.keyed[KeyOwner(author: record.author, key: key)] = record
                    }
                    log.records.append(record)
                }
                next[entry.topic] = log
            }
            state.logs = next
            guard let last = entries.last else { return nil }
            state.bookmarks[partition] = Bookmark(
                epoch: epoch,
                sequence: sequence,
                entry: last.id
            )
            return nil
        }
        if let failure { throw failure }
    }

    package func heads(in partition: Partition) async throws(JournalError) -> [TopicID: Offset] {
        state.withLock { state in
            state.logs.filter { $0.value.head > 0 && Partition(of: $0.key) == partition }
                .mapValues(\.head)
        }
    }

    package func begin(
        _ bookmark: Bookmark,
        in partition: Partition
    ) async throws(JournalError) {
        state.withLock { state in
            state.bookmarks[partition] = bookmark
            for topic in state.logs.keys where Partition(of: topic) == partition {
                state.logs[topic]?.epoch = bookmark.epoch
            }
        }
    }
}
