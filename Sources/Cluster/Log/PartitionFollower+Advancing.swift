import Hub
import Logging

/// Entries become part of this node's copy, in order.
extension PartitionFollower {
    /// Archives what is next, again and again, until there is nothing. One at a time.
    func advance() async {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        while state == .live, let bookmark {
            let batch = take(after: bookmark)
            if batch.isEmpty {
                guard newest > bookmark.sequence else { return }
                guard await read(after: bookmark) else { return }
                continue
            }
            guard follows(batch, bookmark) else {
                pending = [:]
                Task { await self.look() }
                return
            }
            guard await archive(batch, bookmark.epoch) else { return }
        }
    }

    /// What is next without a gap.
    private func take(after bookmark: Bookmark) -> [LoggedEntry] {
        var batch: [LoggedEntry] = []
        while batch.count < Self.batchMaximum,
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
                limit: Self.batchMaximum
            )
            guard entries.first?.entry.sequence == bookmark.sequence + 1 else {
                newest = bookmark.sequence
                Task { await self.look() }
                return false
            }
            for entry in entries { pending[entry.entry.sequence] = entry }
            return true
        } catch {
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
        do throws(JournalError) {
            try await surroundings.replica.archive(entries, in: partition, epoch: epoch)
        } catch {
            for logged in batch { pending[logged.entry.sequence] = logged }
            enter(.failing("\(error)"))
            return false
        }
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

    /// Whoever has made it is answered; if nobody waits any more, the topic is told as of others'.
    private func settle(_ entry: Entry) {
        if let stored = own.removeValue(forKey: entry.id)?.stored {
            stored.resume(returning: .success(entry.records))
        } else {
            surroundings.absorb(entry.records, entry.topic)
        }
    }

    /// The log can't be reached.
    func leave(_ error: SharedLogError) {
        switch error {
        case .unavailable(let reason), .uncertain(let reason): enter(.away(reason))
        }
    }
}
