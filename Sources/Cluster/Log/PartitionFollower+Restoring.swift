import Hub
import Logging

/// The log was lost, wholly or in part: one of the nodes that have it makes it anew.
extension PartitionFollower {
    /// Between two questions whose turn it is.
    private static let turnPause: Duration = .milliseconds(200)
    /// So many entries are put back for nodes that lack them.
    private static let tailMaximum: UInt64 = 10_000

    func restore() async throws(SharedLogError) {
        while true {
            let claim = Claim(node: surroundings.node, bookmark: bookmark)
            let election = try await surroundings.log.claim(claim, on: partition)
            if case .over = election {} else { enter(.restoring) }
            switch election {
            case .waiting: await surroundings.clockwork.sleep(Self.turnPause)
            case .over(let place):
                return try await afterRestoration(place)
            case .elected(let token, let epoch):
                if try await restore(token, epoch) { return }
            }
            if Task.isCancelled { return }
        }
    }

    private func afterRestoration(_ place: LogPlace) async throws(SharedLogError) {
        guard let mine = bookmark, mine.epoch == place.epoch else {
            return try await join(place)
        }
        enter(.live)
        mustLookAgain = true
    }

    /// Makes the log anew from this copy. What the log still has and this copy doesn't is appended
    /// again behind it.
    private func restore(_ token: UInt64, _ epoch: Epoch) async throws(SharedLogError) -> Bool {
        let mine = bookmark ?? Bookmark(epoch: epoch)
        let next = Bookmark(epoch: epoch, sequence: mine.sequence, entry: mine.entry)
        let strays: [Entry]
        let heads: [TopicID: Offset]
        var tail: [Entry] = []
        do throws(JournalError) {
            strays = try await self.strays()
            heads = try await surroundings.replica.heads(in: partition)
            let start = mine.sequence - min(mine.sequence, Self.tailMaximum + 1)
            tail = try await entries(after: start)
        } catch {
            enter(.failing("\(error)"))
            throw .unavailable("\(error)")
        }
        // The first is there for its id, unless it is the first of all.
        let before = tail.first.map { $0.sequence == 1 ? 0 : $0.id } ?? 0
        if let first = tail.first, first.sequence > 1 { tail.removeFirst() }
        let isRestored = try await surroundings.log.restore(
            Restoration(token: token, bookmark: next, heads: heads, tail: tail, before: before),
            of: partition
        )
        guard isRestored else { return false }
        do throws(JournalError) {
            try await surroundings.replica.begin(next, in: partition)
        } catch {
            enter(.failing("\(error)"))
            return true
        }
        surroundings.reload(partition)
        surroundings.logger.notice(
            "The cluster's log was restored from this node's copy",
            metadata: [
                "partition": "\(partition)", "epoch": "\(epoch)", "entries": "\(next.sequence)",
            ]
        )
        bookmark = next
        newest = next.sequence
        pending = [:]
        enter(.live)
        bring(back: strays)
        return true
    }

    /// Entries of the copy's end, as far as they follow each other without a gap.
    private func entries(after sequence: UInt64) async throws(JournalError) -> [Entry] {
        var found: [Entry] = []
        var after = sequence
        while true {
            let page = try await surroundings.replica.entries(
                in: partition,
                after: after,
                limit: Self.batchMaximum
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
            let page: [LoggedEntry]
            do throws(SharedLogError) {
                page = try await surroundings.log.read(
                    partition,
                    after: after,
                    limit: Self.batchMaximum
                )
            } catch {
                throw .unavailable("\(error)")
            }
            guard let last = page.last else { return strays }
            let ids = page.flatMap { $0.entry.records.map(\.id) }
            let known = try await surroundings.replica.known(ids)
            strays += page.map(\.entry).filter { entry in
                entry.records.contains { !known.contains($0.id) }
            }
            after = last.entry.sequence
        }
    }

    /// Appends entries again that were in a log which went another way: each once, whoever does it.
    func bring(back strays: [Entry]) {
        guard !strays.isEmpty else { return }
        surroundings.logger.notice(
            "Entries that the log has lost are appended again",
            metadata: ["partition": "\(partition)", "entries": "\(strays.count)"]
        )
        Task {
            for stray in strays { await bring(back: stray) }
        }
    }

    private func bring(back stray: Entry) async {
        var drafts = stray.records.map { record in
            Draft(
                id: record.id,
                author: record.author,
                at: record.at,
                key: record.key,
                type: record.type,
                payload: record.payload,
                isBinary: record.isBinary
            )
        }
        while !drafts.isEmpty, !Task.isCancelled {
            do throws(JournalError) {
                let known = try await surroundings.replica.known(drafts.map(\.id))
                drafts.removeAll { known.contains($0.id) }
                guard !drafts.isEmpty else { return }
                let outcome = try await append(
                    drafts,
                    to: stray.topic,
                    expecting: nil,
                    isReturn: true
                )
                guard case .repeated(let indices) = outcome else { return }
                drafts = drafts.indices.filter { !indices.contains($0) }.map { drafts[$0] }
            } catch {
                await surroundings.clockwork.sleep(.milliseconds(200))
            }
        }
    }
}
