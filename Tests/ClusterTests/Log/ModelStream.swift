import Hub

@testable import Cluster

/// A partition of the shared log as a plain value: what the scripts in Redis do, told in Swift.
struct ModelStream {
    struct Settings {
        var entriesKept = 20_000
        /// In milliseconds.
        var claimWindow: Int64 = 0
        var term: Int64 = 15_000
        var turn: Int64 = 250
    }

    /// Who stands in line at a topic, and until when it is the first one's turn.
    struct Line {
        var nodes: [String] = []
        var ends: Int64 = 0
    }

    enum State { case live, lost }

    struct Stored {
        let logged: LoggedEntry
        let names: [String]
    }

    var place: LogPlace?
    var state: State?
    var entries: [Stored] = []
    var heads: [TopicID: Offset] = [:]
    var keys: [String: UInt64] = [:]
    var lines: [TopicID: Line] = [:]
    var claims: [String: Bookmark?] = [:]
    var since: Int64 = 0
    var leader: String?
    var until: Int64 = 0
    var fence: UInt64?
    var pieces: Int?

    /// The id of the entry before that one.
    private func entryBefore(_ number: UInt64) -> UInt64? {
        entries.first { $0.logged.entry.sequence == number }?.logged.previous
    }

    mutating func append(
        _ proposal: Proposal,
        _ settings: Settings,
        at now: Int64,
        tell: (LogNews) -> Void
    ) -> Verdict {
        guard var place, state == .live, place.epoch == proposal.bookmark.epoch else {
            return .elsewhere
        }
        let archived = proposal.bookmark
        if archived.sequence > place.sequence || archived.sequence + 1 < place.first {
            return .elsewhere
        }
        if archived.sequence == place.sequence, archived.entry != place.entry { return .elsewhere }
        if proposal.expecting != nil, archived.sequence < place.sequence,
            entryBefore(archived.sequence + 1) != archived.entry
        {
            return .elsewhere
        }
        let head = heads[proposal.topic] ?? 0
        var line = self.line(at: proposal.topic, settings, at: now)
        if let expecting = proposal.expecting,
            expecting != head || line.nodes.first ?? proposal.node != proposal.node
        {
            if !line.nodes.contains(proposal.node) {
                line.nodes.append(proposal.node)
                if line.nodes.count == 1 { line.ends = now + settings.turn }
            }
            lines[proposal.topic] = line
            let ahead = line.nodes.firstIndex(of: proposal.node) ?? 0
            return .conflict(head: head, sequence: place.sequence, ahead: ahead)
        }
        let names = proposal.drafts.map {
            Self.names($0.id, $0.key, $0.author, proposal.topic, isReturn: proposal.isReturn)
        }
        let repeated = names.indices.filter { names[$0].contains { keys[$0] != nil } }
        if !repeated.isEmpty { return .repeated(repeated, sequence: place.sequence) }
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
        store(logged, names.flatMap(\.self))
        heads[proposal.topic] = head + Offset(proposal.drafts.count)
        if place.sequence + 1 - place.first > UInt64(settings.entriesKept) {
            for old in entries.prefix(4) {
                for name in old.names { keys[name] = nil }
                place.first = old.logged.entry.sequence + 1
            }
            entries.removeFirst(min(4, entries.count))
        }
        if proposal.expecting != nil {
            if line.nodes.first == proposal.node {
                line.nodes.removeFirst()
                line.ends = now + settings.turn
            }
            lines[proposal.topic] = line.nodes.isEmpty ? nil : line
        }
        place.sequence += 1
        place.entry = proposal.id
        self.place = place
        tell(.entry(proposal.partition, logged))
        return .stored(sequence: place.sequence, first: head + 1)
    }

    mutating func leave(
        _ topic: TopicID,
        _ node: String,
        _ settings: Settings,
        at now: Int64
    ) {
        var line = self.line(at: topic, settings, at: now)
        if line.nodes.first == node { line.ends = now + settings.turn }
        line.nodes.removeAll { $0 == node }
        lines[topic] = line.nodes.isEmpty ? nil : line
    }

    private func line(at topic: TopicID, _ settings: Settings, at now: Int64) -> Line {
        var line = lines[topic] ?? Line()
        if !line.nodes.isEmpty, now >= line.ends || now + settings.turn < line.ends {
            line.nodes.removeFirst()
            line.ends = now + settings.turn
        }
        return line
    }

    private mutating func store(_ logged: LoggedEntry, _ names: [String]) {
        for name in names { keys[name] = logged.entry.sequence }
        entries.append(Stored(logged: logged, names: names))
    }

    private static func names(
        _ id: RecordID,
        _ key: String?,
        _ author: String,
        _ topic: TopicID,
        isReturn: Bool
    ) -> [String] {
        var names: [String] = []
        if let key { names.append("\(topic)\0\(author)\0\(key)") }
        if isReturn { names.append("\(topic)\0\0\(id)") }
        return names
    }

    func read(after sequence: UInt64, limit: Int) -> [LoggedEntry] {
        entries.lazy.map(\.logged).filter { $0.entry.sequence > sequence }.prefix(limit).map(\.self)
    }

    /// As it is told: one that was never opened is as good as none.
    var told: LogPlace? {
        guard var place, let state else { return nil }
        place.isLive = state == .live
        return place
    }

    /// - Parameter chance: How much newer the epoch is to be.
    mutating func claim(
        _ claim: Claim,
        _ settings: Settings,
        at now: Int64,
        chance: UInt32,
        tell: (LogNews) -> Void,
        of partition: Partition
    ) -> Election {
        if state == .live, let place, !isLost(claim.bookmark) { return .over(place) }
        if state != .lost {
            (state, claims, since, leader, until, fence) = (.lost, [:], now, nil, 0, nil)
            tell(.turned(partition))
        }
        claims[claim.node] = .some(claim.bookmark)
        since = min(since, now)
        if now - since < settings.claimWindow { return .waiting }
        if let name = leader, now >= until || now + settings.term < until {
            if name != claim.node { claims[name] = nil }
            leader = nil
        }
        if leader == nil {
            leader =
                claims.min {
                    let (left, right) = ($0.value?.sequence ?? 0, $1.value?.sequence ?? 0)
                    return left != right ? left > right : $0.key < $1.key
                }?.key
            (fence, until) = (nil, now + settings.term)
        }
        guard leader == claim.node else { return .waiting }
        (fence, pieces) = (claim.token, nil)
        let newest = claims.values.compactMap { $0?.epoch.number }.max() ?? 0
        return .elected(epoch: Epoch(newest &+ chance))
    }

    private func isLost(_ claimed: Bookmark?) -> Bool {
        guard let place, let claimed, claimed.epoch == place.epoch else { return false }
        if claimed.sequence >= place.sequence {
            return claimed.sequence > place.sequence || claimed.entry != place.entry
        }
        return claimed.sequence + 1 >= place.first
            && entryBefore(claimed.sequence + 1) != claimed.entry
    }

    mutating func clear(_ token: UInt64) -> Bool {
        guard fence == token, state == .lost else { return false }
        (entries, heads, keys, pieces) = ([], [:], [:], 0)
        return true
    }

    /// Nil where a script in Redis would fail: entries that don't come in order.
    mutating func fill(
        _ restoration: Restoration,
        _ heads: [TopicID: Offset],
        _ tail: Range<Int>,
        after pieces: Int
    ) -> Bool? {
        guard fence == restoration.token, self.pieces == pieces, state == .lost else {
            return false
        }
        self.pieces = pieces + 1
        self.heads.merge(heads) { $1 }
        for index in tail {
            let entry = restoration.tail[index]
            let last = entries.last?.logged.entry.sequence ?? 0
            guard entry.sequence > last else { return nil }
            let names = entry.records.flatMap {
                Self.names($0.id, $0.key, $0.author, entry.topic, isReturn: true)
            }
            let previous = index == 0 ? restoration.before : restoration.tail[index - 1].id
            store(
                LoggedEntry(epoch: restoration.bookmark.epoch, previous: previous, entry: entry),
                names
            )
        }
        return true
    }

    mutating func open(
        _ restoration: Restoration,
        after pieces: Int,
        tell: (LogNews) -> Void,
        of partition: Partition
    ) -> Bool {
        guard fence == restoration.token, self.pieces == pieces, state == .lost else {
            return false
        }
        let bookmark = restoration.bookmark
        place = LogPlace(
            epoch: bookmark.epoch,
            sequence: bookmark.sequence,
            entry: bookmark.entry,
            first: restoration.tail.first?.sequence ?? bookmark.sequence + 1
        )
        (state, claims, leader, fence, until, self.pieces) = (.live, [:], nil, nil, 0, nil)
        tell(.turned(partition))
        return true
    }
}
