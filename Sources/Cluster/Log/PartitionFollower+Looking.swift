import Hub
import Logging

/// How the log stands against this node's copy, and what follows from it.
extension PartitionFollower {
    /// One at a time; what asks for it meanwhile makes it look again.
    func look() async {
        // While it is completed, what it would see is about to change.
        if isEnded || isCompleting { return }
        guard !isLooking else {
            mustLookAgain = true
            return
        }
        isLooking = true
        defer { isLooking = false }
        repeat {
            mustLookAgain = false
            do throws(SharedLogError) {
                // Meanwhile more may be archived than the log had when it answered.
                let before = bookmark
                let place = try await surroundings.log.place(of: partition)
                if isEnded { return }
                try await compare(place, before)
            } catch {
                if isEnded { return }
                leave(error)
            }
        } while mustLookAgain && !isEnded
    }

    private func compare(
        _ place: LogPlace?,
        _ before: Bookmark?
    ) async throws(SharedLogError) {
        guard let place, place.isLive else { return try await restore() }
        if bookmark?.isPartial == true { return enter(.incomplete) }
        guard let mine = bookmark, let before, before.epoch == place.epoch else {
            return try await join(place)
        }
        if isDoubtful || place.sequence < before.sequence
            || (place.sequence == before.sequence && place.entry != before.entry)
        {
            isDoubtful = false
            return try await restore()
        }
        guard place.first <= mine.sequence + 1 else { return enter(.incomplete) }
        newest = max(newest, place.sequence)
        enter(.live)
        if newest > mine.sequence { advanceSoon() }
    }

    /// The log is in an epoch that this copy doesn't know: as far as both are the same the copy
    /// stays; what it has beyond is taken back, kept, and appended again.
    func join(_ place: LogPlace) async throws(SharedLogError) {
        await rest()
        if bookmark?.isPartial == true { return enter(.incomplete) }
        let mine = bookmark?.sequence ?? 0
        guard mine + 1 >= place.first else { return enter(.incomplete) }
        do throws(JournalError) {
            guard let common = try await common(with: place) else { return enter(.incomplete) }
            let next = Bookmark(
                epoch: place.epoch,
                sequence: common.sequence,
                entry: common.entry
            )
            if common.sequence < mine {
                // In one step: a copy that was only cut would not be what this node says of it.
                guard try await surroundings.replica.cut(partition, to: next) else {
                    return enter(.incomplete)
                }
                hasStrays = true
            } else {
                try await surroundings.replica.begin(next, in: partition)
            }
            settle(in: next, newest: place.sequence)
        } catch {
            enter(.failing("\(error)"))
        }
    }

    /// This copy is a beginning of the log.
    func settle(in next: Bookmark, newest: UInt64) {
        guard !isEnded else { return }
        surroundings.reload(partition)
        bookmark = next
        pending = [:]
        missed = nil
        isDoubtful = false
        self.newest = newest
        giveUpReturns()
        enter(.live)
        if newest > next.sequence { advanceSoon() }
    }

    /// The last entry up to which the copy and the log are the same; nil when they have none in
    /// common.
    private func common(
        with place: LogPlace
    ) async throws(JournalError) -> (sequence: UInt64, entry: UInt64)? {
        guard let mine = bookmark, mine.sequence > 0 else { return (0, 0) }
        if place.sequence == mine.sequence, place.entry == mine.entry {
            return (mine.sequence, mine.entry)
        }
        // The log knows the id of the entry before its first one too.
        let start = place.first - 1
        let known = try await ids(of: mine, after: start == 0 ? 0 : start - 1)
        var common: (sequence: UInt64, entry: UInt64)? = start == 0 ? (0, 0) : nil
        if start == place.sequence, known[start] == place.entry { common = (start, place.entry) }
        var after = start
        while after <= mine.sequence {
            let page = try await logged(after: after)
            guard let first = page.first, let last = page.last else { break }
            if after == start, start > 0, known[start] == first.previous {
                common = (start, first.previous)
            }
            for each in page where known[each.entry.sequence] == each.entry.id {
                common = (each.entry.sequence, each.entry.id)
            }
            after = last.entry.sequence
        }
        return common
    }

    private func ids(
        of mine: Bookmark,
        after start: UInt64
    ) async throws(JournalError) -> [UInt64: UInt64] {
        var known = [mine.sequence: mine.entry]
        for entry in try await entries(after: start) { known[entry.sequence] = entry.id }
        return known
    }
}
