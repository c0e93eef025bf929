import Hub
import Logging

/// Entries become part of this node's copy, in order.
extension PartitionFollower {
    /// Archives what is next, again and again, until there is nothing. One at a time.
    func advance() async {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer {
            isAdvancing = false
            for each in resting { each.resume() }
            resting = []
        }
        var isRead = false
        while state == .live, let bookmark {
            let batch = take(after: bookmark)
            if batch.isEmpty {
                guard newest > bookmark.sequence else { return }
                guard await read(after: bookmark) else { return }
                isRead = true
            } else if follows(batch, bookmark) {
                guard await archive(batch, bookmark.epoch) else { return }
                isRead = false
            } else if isRead {
                pending = [:]
                isDoubtful = true
                return surroundings.clockwork.spawn { await self.look() }
            } else {
                // What was told may be of a log that is no more: the log itself says what follows.
                pending = [:]
                newest = max(newest, bookmark.sequence + 1)
            }
        }
    }

    func advanceSoon() {
        guard !isAdvancing else { return }
        surroundings.clockwork.spawn { await self.advance() }
    }

    /// Nothing is being archived when it returns, nor will be before the partition is live again:
    /// the copy stays as it is while it is compared, cut, or told to others.
    func rest() async {
        enter(.restoring)
        guard isAdvancing else { return }
        await withCheckedContinuation { resting.append($0) }
    }

    /// What is next without a gap.
    private func take(after bookmark: Bookmark) -> [LoggedEntry] {
        var batch: [LoggedEntry] = []
        while batch.count < surroundings.limits.batch,
            let next = pending.removeValue(forKey: bookmark.sequence + UInt64(batch.count) + 1)
        {
            batch.append(next)
        }
        return batch
    }

    private func follows(_ batch: [LoggedEntry], _ bookmark: Bookmark) -> Bool {
        var before = bookmark.entry
        for logged in batch {
            guard logged.epoch == bookmark.epoch, logged.previous == before else { return false }
            before = logged.entry.id
        }
        return true
    }

    /// False when the log can't be read, or has nothing next.
    private func read(after bookmark: Bookmark) async -> Bool {
        do throws(SharedLogError) {
            let entries = try await surroundings.log.read(
                partition,
                after: bookmark.sequence,
                limit: max(1, surroundings.limits.batch >> failedReadings)
            )
            failedReadings = 0
            guard entries.first?.entry.sequence == bookmark.sequence + 1 else {
                newest = bookmark.sequence
                // Once: the log may have something there that this node can't read.
                if missed != bookmark.sequence {
                    missed = bookmark.sequence
                    surroundings.clockwork.spawn { await self.look() }
                }
                return false
            }
            for entry in entries { pending[entry.entry.sequence] = entry }
            return true
        } catch {
            failedReadings += 1
            leave(error)
            return false
        }
    }

    private func archive(_ batch: [LoggedEntry], _ epoch: Epoch) async -> Bool {
        let entries = batch.map { logged -> Entry in
            guard let drafts = own[logged.entry.id]?.drafts else { return logged.entry }
            return Entry(
                id: logged.entry.id,
                sequence: logged.entry.sequence,
                topic: logged.entry.topic,
                records: logged.entry.records,
                events: drafts.compactMap(\.event).count == drafts.count
                    ? drafts.compactMap(\.event) : nil
            )
        }
        archiving = entries.last?.sequence ?? 0
        publish()
        do throws(JournalError) {
            try await surroundings.replica.archive(entries, in: partition, epoch: epoch)
        } catch {
            archiving = 0
            for logged in batch { pending[logged.entry.sequence] = logged }
            enter(.failing("\(error)"))
            return false
        }
        archiving = 0
        guard let last = entries.last else { return true }
        bookmark = Bookmark(epoch: epoch, sequence: last.sequence, entry: last.id)
        newest = max(newest, last.sequence)
        publish()
        for entry in entries { settle(entry) }
        let ready = waiters.filter { $0.sequence <= last.sequence }
        if !ready.isEmpty { waiters.removeAll { $0.sequence <= last.sequence } }
        for waiter in ready { waiter.continuation.resume(returning: true) }
        return true
    }

    /// Whoever has made it is answered, now or when the log has; if nobody waits any more, the
    /// topic is told as of others'.
    private func settle(_ entry: Entry) {
        if own[entry.id]?.isReturn == true { surroundings.absorb(entry.records, entry.topic) }
        switch own[entry.id]?.progress {
        case .asked: own[entry.id]?.progress = .archived(entry)
        case .awaited(let continuation):
            own[entry.id] = nil
            continuation.resume(returning: .success(entry.records))
        case .archived, nil: surroundings.absorb(entry.records, entry.topic)
        }
    }

    /// The log can't be reached.
    func leave(_ error: SharedLogError) {
        switch error {
        case .unavailable(let reason), .uncertain(let reason): enter(.away(reason))
        }
    }
}
