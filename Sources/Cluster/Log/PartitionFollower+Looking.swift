import Hub
import Logging

/// How the log stands against this node's copy, and what follows from it.
extension PartitionFollower {
    /// One at a time; what asks for it meanwhile makes it look again.
    func look() async {
        guard !isLooking else {
            mustLookAgain = true
            return
        }
        isLooking = true
        defer { isLooking = false }
        repeat {
            mustLookAgain = false
            do throws(SharedLogError) {
                // What is archived while the answer is on its way is in the log, whatever it says.
                let before = bookmark
                let place = try await surroundings.log.place(of: partition)
                try await compare(place, before)
            } catch {
                leave(error)
            }
        } while mustLookAgain
    }

    private func compare(
        _ place: LogPlace?,
        _ before: Bookmark?
    ) async throws(SharedLogError) {
        guard let place, place.isLive else { return try await restore() }
        guard let mine = bookmark, mine.epoch == place.epoch else {
            return try await join(place)
        }
        if let before, place.sequence < before.sequence
            || (place.sequence == before.sequence && place.entry != before.entry)
        {
            return try await restore()
        }
        guard place.first <= mine.sequence + 1 else { return enter(.incomplete) }
        newest = max(newest, place.sequence)
        enter(.live)
        if newest > mine.sequence, !isAdvancing { Task { await self.advance() } }
    }

    /// The log is in an epoch that this copy doesn't know: as far as both are the same the copy
    /// stays; what it has beyond is taken back and appended again.
    func join(_ place: LogPlace) async throws(SharedLogError) {
        let mine = bookmark?.sequence ?? 0
        guard mine + 1 >= place.first else { return enter(.incomplete) }
        do throws(JournalError) {
            let common = try await common(with: place)
            guard let common else { return enter(.incomplete) }
            var strays: [Entry] = []
            if common.sequence < mine {
                strays = try await surroundings.replica.cut(partition, behind: common.sequence)
            }
            let next = Bookmark(
                epoch: place.epoch,
                sequence: common.sequence,
                entry: common.entry
            )
            try await surroundings.replica.begin(next, in: partition)
            surroundings.reload(partition)
            bookmark = next
            pending = [:]
            newest = place.sequence
            enter(.live)
            Task { await self.advance() }
            bring(back: strays)
        } catch {
            enter(.failing("\(error)"))
        }
    }

    /// The last entry up to which the copy and the log are the same; nil when they have none in
    /// common.
    private func common(
        with place: LogPlace
    ) async throws(JournalError) -> (sequence: UInt64, entry: UInt64)? {
        let mine = bookmark ?? Bookmark(epoch: place.epoch)
        if place.sequence == mine.sequence, place.entry == mine.entry {
            return (mine.sequence, mine.entry)
        }
        if mine.sequence == 0 { return (0, 0) }
        var known: [UInt64: UInt64] = [mine.sequence: mine.entry]
        let start = place.first - 1
        var after = start
        while after < mine.sequence {
            let page = try await surroundings.replica.entries(
                in: partition,
                after: after,
                limit: Self.batchMaximum
            )
            for entry in page { known[entry.sequence] = entry.id }
            guard let last = page.last else { break }
            after = last.sequence
        }
        var common: (sequence: UInt64, entry: UInt64)?
        after = start
        do throws(SharedLogError) {
            while after < mine.sequence {
                let page = try await surroundings.log.read(
                    partition,
                    after: after,
                    limit: Self.batchMaximum
                )
                guard let first = page.first, let last = page.last else { break }
                if after == start, known[start] == first.previous || start == 0 {
                    common = (start, first.previous)
                }
                for logged in page where known[logged.entry.sequence] == logged.entry.id {
                    common = (logged.entry.sequence, logged.entry.id)
                }
                after = last.entry.sequence
            }
            // The log goes on right behind the copy.
            if common == nil, start == mine.sequence {
                let next = try await surroundings.log.read(partition, after: start, limit: 1)
                if next.first?.previous == mine.entry { common = (start, mine.entry) }
            }
        } catch {
            throw .unavailable("\(error)")
        }
        return common
    }
}
