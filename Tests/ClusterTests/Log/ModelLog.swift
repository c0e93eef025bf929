import Hub
import Synchronization

@testable import Cluster

/// The shared log as a plain value: what the scripts in Redis do, told in Swift.
final class ModelLog: SharedLog {
    struct Stream {
        var place: LogPlace?
        var entries: [LoggedEntry] = []
        var heads: [TopicID: Offset] = [:]
        var keys: [String: UInt64] = [:]
        var claims: [String: Bookmark] = [:]
        var asked = 0
        var leader: String?
        var fence: UInt64 = 0
    }

    let streams = Mutex<[Partition: Stream]>([:])
    private let handlers = Mutex<[@Sendable (LogNews) -> Void]>([])
    /// How many questions claimants ask before one is elected.
    private let claimRounds: Int
    private let entriesKept: Int

    init(claimRounds: Int = 3, entriesKept: Int = 20_000) {
        self.claimRounds = claimRounds
        self.entriesKept = entriesKept
    }

    func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict {
        let (verdict, logged) = streams.withLock { streams -> (Verdict, LoggedEntry?) in
            var stream = streams[proposal.partition] ?? Stream()
            defer { streams[proposal.partition] = stream }
            return append(proposal, to: &stream)
        }
        if let logged { tell(.entry(proposal.partition, logged)) }
        return verdict
    }

    private func append(
        _ proposal: Proposal,
        to stream: inout Stream
    ) -> (Verdict, LoggedEntry?) {
        guard var place = stream.place, place.isLive, place.epoch == proposal.bookmark.epoch
        else { return (.elsewhere, nil) }
        let archived = proposal.bookmark.sequence
        if archived > place.sequence || archived + 1 < place.first { return (.elsewhere, nil) }
        if archived == place.sequence, proposal.bookmark.entry != place.entry {
            return (.elsewhere, nil)
        }
        let head = stream.heads[proposal.topic] ?? 0
        if let expecting = proposal.expecting, expecting != head {
            return (.conflict(head: head, sequence: place.sequence), nil)
        }
        var names: [(Int, String)] = []
        for (index, draft) in proposal.drafts.enumerated() {
            if let key = draft.key {
                names.append((index, "\(proposal.topic)\0\(draft.author)\0\(key)"))
            }
            if proposal.isReturn { names.append((index, "\(proposal.topic)\0\0\(draft.id)")) }
        }
        let repeated = names.filter { stream.keys[$0.1] != nil }.map(\.0)
        if !repeated.isEmpty { return (.repeated(repeated, sequence: place.sequence), nil) }
        let logged = LoggedEntry(
            epoch: place.epoch,
            previous: place.entry,
            entry: Entry(
                id: proposal.id,
                sequence: place.sequence + 1,
                topic: proposal.topic,
                records: proposal.drafts.enumerated().map {
                    Record($1, offset: head + 1 + Offset($0))
                }
            )
        )
        for (_, name) in names { stream.keys[name] = logged.entry.sequence }
        stream.entries.append(logged)
        stream.heads[proposal.topic] = head + Offset(proposal.drafts.count)
        place.sequence += 1
        place.entry = proposal.id
        if stream.entries.count > entriesKept {
            let old = stream.entries.removeFirst()
            stream.keys = stream.keys.filter { $0.value != old.entry.sequence }
            place.first = old.entry.sequence + 1
        }
        stream.place = place
        return (.stored(sequence: place.sequence, first: head + 1), logged)
    }

    func read(
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(SharedLogError) -> [LoggedEntry] {
        streams.withLock { streams in
            let entries = streams[partition]?.entries ?? []
            return Array(entries.drop { $0.entry.sequence <= sequence }.prefix(limit))
        }
    }

    func place(of partition: Partition) async throws(SharedLogError) -> LogPlace? {
        streams.withLock { $0[partition]?.place }
    }

    func claim(
        _ claim: Claim,
        on partition: Partition
    ) async throws(SharedLogError) -> Election {
        let (election, isNews) = streams.withLock { streams -> (Election, Bool) in
            var stream = streams[partition] ?? Stream()
            defer { streams[partition] = stream }
            if let place = stream.place, place.isLive {
                let mine = claim.bookmark
                let isLost =
                    mine?.epoch == place.epoch
                    && ((mine?.sequence ?? 0) > place.sequence
                        || (mine?.sequence == place.sequence && mine?.entry != place.entry))
                if !isLost { return (.over(place), false) }
                stream.place?.isLive = false
                (stream.claims, stream.asked, stream.leader) = ([:], 0, nil)
            }
            let isNews = stream.claims.isEmpty
            stream.claims[claim.node] = claim.bookmark ?? Bookmark(epoch: Epoch(0))
            stream.asked += 1
            if stream.asked < claimRounds { return (.waiting, isNews) }
            let best = stream.claims.max {
                ($0.value.sequence, $1.key) < ($1.value.sequence, $0.key)
            }
            if stream.leader == nil {
                stream.leader = best?.key
                stream.fence += 1
            }
            guard stream.leader == claim.node else { return (.waiting, isNews) }
            let newest = stream.claims.values.map(\.epoch.number).max() ?? 0
            return (.elected(token: stream.fence, epoch: Epoch(newest + 1)), isNews)
        }
        if isNews { tell(.turned(partition)) }
        return election
    }

    func restore(
        _ restoration: Restoration,
        of partition: Partition
    ) async throws(SharedLogError) -> Bool {
        let isDone = streams.withLock { streams in
            guard var stream = streams[partition], stream.fence == restoration.token else {
                return false
            }
            let bookmark = restoration.bookmark
            var before = restoration.before
            stream.entries = restoration.tail.map { entry in
                defer { before = entry.id }
                return LoggedEntry(epoch: bookmark.epoch, previous: before, entry: entry)
            }
            stream.heads = restoration.heads
            stream.keys = [:]
            for entry in restoration.tail {
                for record in entry.records {
                    guard let key = record.key else { continue }
                    stream.keys["\(entry.topic)\0\(record.author)\0\(key)"] = entry.sequence
                }
            }
            stream.place = LogPlace(
                epoch: bookmark.epoch,
                sequence: bookmark.sequence,
                entry: bookmark.entry,
                first: restoration.tail.first?.sequence ?? bookmark.sequence + 1
            )
            (stream.claims, stream.asked, stream.leader) = ([:], 0, nil)
            streams[partition] = stream
            return true
        }
        if isDone { tell(.turned(partition)) }
        return isDone
    }

    func follow(_ handler: @escaping @Sendable (LogNews) -> Void) {
        handlers.withLock { $0.append(handler) }
        for partition in Partition.all { handler(.attached(partition)) }
    }

    private func tell(_ news: LogNews) {
        for handler in handlers.withLock(\.self) { handler(news) }
    }
}
