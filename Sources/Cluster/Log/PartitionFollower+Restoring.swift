import Hub
import Logging

/// The log was lost, wholly or in part: one of the nodes that have it makes it anew.
extension PartitionFollower {
    /// Between two questions whose turn it is.
    static let turnPause: Duration = .milliseconds(200)

    func restore() async throws(SharedLogError) {
        await rest()
        while !isEnded {
            let token = surroundings.clockwork.random()
            let claim = Claim(node: surroundings.node, bookmark: bookmark, token: token)
            switch try await surroundings.log.claim(claim, on: partition) {
            case .waiting: break
            case .over(let place):
                return try await afterRestoration(place)
            case .elected(let epoch):
                if try await restore(token, epoch) { return }
            }
            await surroundings.clockwork.sleep(Self.turnPause)
            if Task.isCancelled { return }
        }
    }

    private func afterRestoration(_ place: LogPlace) async throws(SharedLogError) {
        guard let mine = bookmark, mine.epoch == place.epoch else {
            return try await join(place)
        }
        if isEnded { return }
        enter(.live)
        mustLookAgain = true
    }

    /// Makes the log anew from this copy. What the log still has and this copy doesn't is appended
    /// again behind it.
    private func restore(_ token: UInt64, _ epoch: Epoch) async throws(SharedLogError) -> Bool {
        // Of a copy that another node was to complete, nobody knows what it lacks.
        let known = bookmark.flatMap { $0.isPartial ? nil : $0 }
        var mine = known ?? Bookmark(epoch: epoch)
        let strays: [Entry]
        let heads: [TopicID: Offset]
        var tail: [Entry] = []
        do throws(JournalError) {
            strays = try await self.strays()
            heads = try await surroundings.replica.heads(in: partition)
            if mine.sequence == 0, !heads.isEmpty { mine = try await beginAlone(in: mine.epoch) }
            let start = mine.sequence - min(mine.sequence, surroundings.limits.tail + 1)
            tail = try await entries(after: start)
        } catch {
            enter(.failing("\(error)"))
            return true
        }
        if tail.last?.sequence != mine.sequence { tail = [] }
        let next = Bookmark(epoch: epoch, sequence: mine.sequence, entry: mine.entry)
        // The first is there for its id, unless it is the first of all.
        let before = tail.first.map { $0.sequence == 1 ? 0 : $0.id } ?? 0
        if let first = tail.first, first.sequence > 1 { tail.removeFirst() }
        let isRestored = try await surroundings.log.restore(
            Restoration(token: token, bookmark: next, heads: heads, tail: tail, before: before),
            of: partition
        )
        guard isRestored else { return false }
        do throws(JournalError) {
            // Not before: another may have restored the log while it was read, and then they are no
            // strays. Those that were acknowledged are in the copy of the node that did so.
            if !strays.isEmpty { try await surroundings.replica.keep(strays, in: partition) }
            hasStrays = hasStrays || !strays.isEmpty
            try await surroundings.replica.begin(next, in: partition)
        } catch {
            enter(.failing("\(error)"))
            return true
        }
        surroundings.logger.notice(
            "The cluster's log was restored from this node's copy",
            metadata: [
                "partition": "\(partition)", "epoch": "\(epoch)", "entries": "\(next.sequence)",
            ]
        )
        settle(in: next, newest: next.sequence)
        return true
    }

    /// A copy with records of which no entry tells stands behind one that nobody else has: who has
    /// nothing doesn't have its beginning.
    private func beginAlone(in epoch: Epoch) async throws(JournalError) -> Bookmark {
        let entry = surroundings.clockwork.random()
        let alone = Bookmark(epoch: epoch, sequence: 1, entry: entry)
        try await surroundings.replica.begin(alone, in: partition)
        bookmark = alone
        publish()
        return alone
    }

    /// Entries of the copy's end, as far as they follow each other without a gap.
    func entries(after sequence: UInt64) async throws(JournalError) -> [Entry] {
        var found: [Entry] = []
        var after = sequence
        while true {
            let page = try await surroundings.replica.entries(
                in: partition,
                after: after,
                limit: surroundings.limits.batch
            )
            guard let last = page.last else { return found }
            for entry in page {
                if let before = found.last, before.sequence + 1 != entry.sequence { found = [] }
                found.append(entry)
            }
            after = last.sequence
        }
    }

    /// What the lost log still has and this copy doesn't.
    private func strays() async throws(JournalError) -> [Entry] {
        var strays: [Entry] = []
        var after: UInt64 = 0
        while true {
            let page = try await logged(after: after)
            guard let last = page.last else { return strays }
            let ids = page.flatMap { $0.entry.records.map(\.id) }
            let known = try await surroundings.replica.known(ids)
            strays += page.map(\.entry).filter { entry in
                entry.records.contains { !known.contains($0.id) }
            }
            after = last.entry.sequence
        }
    }

    /// A page of the log. One that doesn't go on would be read for ever.
    func logged(after sequence: UInt64) async throws(JournalError) -> [LoggedEntry] {
        let page: [LoggedEntry]
        do throws(SharedLogError) {
            page = try await surroundings.log.read(
                partition,
                after: sequence,
                limit: surroundings.limits.batch
            )
        } catch {
            throw .unavailable("\(error)")
        }
        if let last = page.last, last.entry.sequence <= sequence {
            throw .corrupt("The log of \(partition) has no order behind entry \(sequence).")
        }
        return page
    }

    /// Appends entries again that were in a log which went another way, until all are archived:
    /// each once, whoever does it. While nothing can be appended it rests: it begins anew when the
    /// partition is live again.
    func bringBackStrays() async {
        defer { isReturning = false }
        while !isEnded, hasStrays, state == .live {
            hasStrays = false
            do throws(JournalError) {
                // The log may have them after all, where a failover has brought back what was lost.
                try await archived(through: newest)
                let before = bookmark
                let strays = try await surroundings.replica.strays(in: partition)
                if strays.isEmpty { continue }
                hasStrays = true
                surroundings.logger.notice(
                    "Entries that the log has lost are appended again",
                    metadata: ["partition": "\(partition)", "entries": "\(strays.count)"]
                )
                for stray in strays { try await bring(back: stray, since: before) }
            } catch {
                hasStrays = true
                await surroundings.clockwork.sleep(Self.turnPause)
            }
        }
    }

    private func bring(back stray: Entry, since before: Bookmark?) async throws(JournalError) {
        var drafts = stray.records.map { Draft($0) }
        while !drafts.isEmpty {
            let outcome = try await append(
                drafts,
                to: stray.topic,
                expecting: nil,
                since: before,
                isReturn: true
            )
            guard case .repeated(let indices) = outcome else { return }
            drafts = drafts.indices.filter { !indices.contains($0) }.map { drafts[$0] }
        }
    }
}
