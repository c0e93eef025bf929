import Logging

/// How a topic comes to know its state, and how it keeps that quick.
extension Topic {
    /// Records read at once while loading.
    private static var page: Int { 1024 }

    /// The newest snapshot and the records after it. Only ever called within a turn, of which there
    /// is one at a time: so it happens once, and commands wait.
    ///
    /// What is missing may have been forgotten while it read, by the trimming that an earlier
    /// snapshot of the topic set off: then a second look finds that snapshot.
    func load() async throws(JournalError) {
        var seen: Int
        repeat {
            seen = reloads
            do throws(JournalError) {
                try await read()
            } catch {
                guard case .corrupt = error else { throw error }
                try await read()
            }
            // The log became another while it was read.
        } while seen != reloads
        guard isTurned else { return }
        isTurned = false
        // Before anything of the log as it is now is shown.
        audience.turn(to: position, former: former, of: id)
    }

    private func read() async throws(JournalError) {
        let head = try await surroundings.journal.head(of: id)
        var loaded = L(topic: id)
        var offset: Offset = 0
        // A topic that has no records has no snapshot either.
        if head.offset > 0,
            let snapshot = try await surroundings.journal.snapshot(of: id),
            snapshot.offset <= head.offset,
            let restored = L(topic: id, snapshot: snapshot.state)
        {
            loaded = restored
            offset = snapshot.offset
        }
        snapshotOffset = offset
        while offset < head.offset {
            let records = try await surroundings.journal.read(id, after: offset, limit: Self.page)
            // A gap means that records were forgotten whose snapshot can't be read: better no
            // answer than one that leaves out what they did.
            guard let last = records.last, records[0].offset == offset + 1 else {
                throw JournalError.corrupt("\(id) ends at \(offset), before \(head.offset)")
            }
            for record in records {
                guard let event = L.Happening(type: record.type, payload: record.payload) else {
                    throw JournalError.corrupt("\(id) has an unreadable record \(record.offset)")
                }
                loaded.apply(event, id: record.id, author: record.author, at: record.at)
            }
            offset = last.offset
        }
        loaded.settle()
        if surroundings.settings.isShared {
            former = try await surroundings.journal.formerEpochs(of: id)
        }
        position = Position(epoch: head.epoch, offset: offset)
        ledger = loaded
    }

    func saveSnapshotWhenDue() {
        guard let ledger, position.offset > snapshotOffset else { return }
        let records = Int(clamping: position.offset - snapshotOffset)
        let isDue = ledger.isSnapshotDue(records: records, at: surroundings.now())
        guard isDue ?? (records >= surroundings.settings.snapshotEvery) else { return }
        saveSnapshot()
    }

    /// Not awaited: a snapshot is a convenience, and a lost one costs only time.
    func saveSnapshot() {
        guard let state = ledger?.snapshot(), position.offset > snapshotOffset else { return }
        snapshotOffset = position.offset
        ledger?.noteSnapshot(bytes: state.count, at: surroundings.now())
        let snapshot = Snapshot(offset: position.offset, state: state)
        let forgets = L.forgetsRecords
        Task { [surroundings, neighbours, id, logger] in
            do throws(JournalError) {
                try await neighbours.prepare(for: snapshot, of: id)
                try await surroundings.journal.save(snapshot, of: id)
                if forgets { try await surroundings.journal.trim(id, upTo: snapshot.offset) }
                neighbours.snapshotSaved(snapshot, of: id)
            } catch {
                logger.warning("A snapshot was not saved", metadata: ["error": "\(error)"])
            }
        }
    }
}
