import Synchronization

/// The journal in memory as a node's copy: for tests.
extension InMemoryJournal: Replica {
    package func bookmarks() async throws(JournalError) -> [Partition: Bookmark] {
        state.withLock { state in
            let topics = state.logs.filter { $0.value.head > 0 }.keys
            let partial = topics.map { (Partition(of: $0), Bookmark.partial) }
            return state.copies.mapValues(\.bookmark).merging(partial) { stored, _ in stored }
        }
    }

    package func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) async throws(JournalError) {
        let failure: JournalError? = state.withLock { state in
            if !state.failures.isEmpty { return state.failures.removeFirst() }
            var copy = state.copies[partition] ?? Copy(bookmark: Bookmark(epoch: epoch))
            var logs = state.logs
            for entry in entries {
                var log = logs[entry.topic] ?? Log(epoch: epoch)
                guard entry.sequence == copy.bookmark.sequence + 1,
                    let first = entry.records.first, first.offset == log.head + 1
                else { return .corrupt("Entry \(entry.sequence) of \(partition) doesn't follow.") }
                // One that was only asked for is in no epoch yet.
                if log.head == 0 { log.epoch = epoch }
                for record in entry.records {
                    if let key = record.key {
                        log.keyed[RecordKey(author: record.author, key: key)] = record
                    }
                    log.records.append(record)
                    log.versions.apply(record)
                }
                logs[entry.topic] = log
                copy.entries.append(entry)
                copy.bookmark = Bookmark(epoch: epoch, sequence: entry.sequence, entry: entry.id)
            }
            let ids = Set(entries.flatMap { $0.records.map(\.id) })
            state.strays[partition] = state.strays[partition]?.compactMap { stray in
                stray.keeping { !ids.contains($0.id) }
            }
            state.logs = logs
            state.copies[partition] = copy
            return nil
        }
        if let failure { throw failure }
    }

    package func entries(
        in partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(JournalError) -> [Entry] {
        state.withLock { state in
            let entries = state.copies[partition]?.entries ?? []
            return Array(entries.drop { $0.sequence <= sequence }.prefix(limit))
        }
    }

    package func cut(
        _ partition: Partition,
        to bookmark: Bookmark
    ) async throws(JournalError) -> Bool {
        state.withLock { state in
            guard var copy = state.copies[partition] else { return false }
            let strays = copy.entries.filter { $0.sequence > bookmark.sequence }
            guard bookmark.sequence + UInt64(strays.count) == copy.bookmark.sequence else {
                return false
            }
            copy.entries.removeLast(strays.count)
            for entry in strays.reversed() {
                guard var log = state.logs[entry.topic] else { continue }
                log.records.removeLast(min(entry.records.count, log.records.count))
                for case let record in entry.records {
                    guard let key = record.key else { continue }
                    log.keyed[RecordKey(author: record.author, key: key)] = nil
                }
                if let snapshot = log.snapshot, snapshot.offset > log.head { log.snapshot = nil }
                log.versions.cut(behind: log.head, leaving: log.records)
                state.logs[entry.topic] = log
            }
            state.copies[partition] = copy
            state.strays[partition, default: []] += strays
            Self.begin(bookmark, in: partition, &state)
            return true
        }
    }

    package func keep(
        _ strays: [Entry],
        in partition: Partition
    ) async throws(JournalError) {
        state.withLock { state in
            let kept = Set((state.strays[partition] ?? []).flatMap { $0.records.map(\.id) })
            state.strays[partition, default: []] += strays.compactMap { stray in
                stray.keeping { !kept.contains($0.id) }
            }
        }
    }

    package func strays(in partition: Partition) async throws(JournalError) -> [Entry] {
        state.withLock { state in
            let strays = (state.strays[partition] ?? []).compactMap { stray in
                let keyed = state.logs[stray.topic]?.keyed ?? [:]
                return stray.keeping { record in
                    guard let key = record.key else { return true }
                    return keyed[RecordKey(author: record.author, key: key)] == nil
                }
            }
            state.strays[partition] = strays
            return strays
        }
    }

    package func known(_ ids: [RecordID]) async throws(JournalError) -> Set<RecordID> {
        let asked = Set(ids)
        return state.withLock { state in
            Set(state.logs.values.flatMap { $0.records.map(\.id).filter(asked.contains) })
        }
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
        state.withLock { Self.begin(bookmark, in: partition, &$0) }
    }

    private static func begin(
        _ bookmark: Bookmark,
        in partition: Partition,
        _ state: inout State
    ) {
        state.copies[partition, default: Copy(bookmark: bookmark)].bookmark = bookmark
        for topic in state.logs.keys where Partition(of: topic) == partition {
            state.logs[topic]?.epoch = bookmark.epoch
        }
    }
}
