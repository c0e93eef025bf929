import Hub

/// This node's own appends.
extension PartitionFollower {
    enum Outcome: Sendable {
        case stored([Record])
        /// Archived up to there, so that what is told can be read.
        case conflict(head: Offset)
        case repeated([Int])
    }

    /// Puts drafts into the log; answers when their entry is archived.
    /// - Parameter bookmark: How far the copy was when the drafts' keys were looked for in it.
    func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?,
        since bookmark: Bookmark?,
        isReturn: Bool = false
    ) async throws(JournalError) -> Outcome {
        guard !isEnded, state == .live, let current = self.bookmark else { throw refusal }
        guard let bookmark, bookmark.epoch == current.epoch else { throw Self.turning }
        let id = surroundings.clockwork.random()
        let deadline = surroundings.clockwork.now() + surroundings.limits.patience
        own[id] = Own(drafts: drafts, deadline: deadline, isReturn: isReturn)
        let proposal = Proposal(
            node: surroundings.node,
            partition: partition,
            bookmark: bookmark,
            id: id,
            topic: topic,
            expecting: expecting,
            drafts: drafts,
            isReturn: isReturn
        )
        let verdict: Verdict
        do throws(SharedLogError) {
            verdict = try await surroundings.log.append(proposal)
        } catch {
            return try await decide(id, error)
        }
        switch verdict {
        case .stored(let sequence, _):
            newest = max(newest, sequence)
            return .stored(try await archived(id))
        case .conflict(let head, let sequence, let ahead):
            own[id] = nil
            try await archived(through: sequence)
            if ahead > 0 { await letPass(ahead, after: sequence) }
            return .conflict(head: head)
        case .repeated(let indices, let sequence):
            own[id] = nil
            try await archived(through: sequence)
            return .repeated(indices)
        case .elsewhere:
            own[id] = nil
            surroundings.clockwork.spawn { await self.look() }
            throw Self.turning
        }
    }

    static let turning = JournalError.unavailable("The cluster's log is being restored.")

    /// Why nothing can be appended.
    var refusal: JournalError {
        switch state {
        case .away(let reason): .unavailable(reason)
        case .failing(let reason): .unavailable(reason)
        case .starting, .restoring: Self.turning
        case .incomplete: .unavailable("This node's copy of the cluster's log is not complete yet.")
        case .live: Self.unknown
        }
    }

    /// Waits for one's own entry. That its answer came so late that nobody counted on it any more
    /// doesn't say that it is archived.
    private func archived(_ id: UInt64) async throws(JournalError) -> [Record] {
        guard !isEnded, let mine = own[id] else { throw Self.unknown }
        if case .archived(let entry) = mine.progress {
            own[id] = nil
            return entry.records
        }
        advanceSoon()
        let result = await withCheckedContinuation { own[id]?.progress = .awaited($0) }
        return try result.get()
    }

    /// Others are ahead in line at the topic: what they store is worth waiting for, since nothing
    /// that doesn't rest on it will be taken.
    private func letPass(_ ahead: Int, after sequence: UInt64) async {
        let awaited = sequence + UInt64(clamping: ahead)
        guard !isEnded, state == .live, let bookmark, bookmark.sequence < awaited else { return }
        let patience = surroundings.limits.turn * ahead
        let deadline = surroundings.clockwork.now() + patience
        surroundings.clockwork.spawn {
            await self.surroundings.clockwork.sleep(patience)
            await self.giveUpWaiting(before: self.surroundings.clockwork.now())
        }
        _ = await withCheckedContinuation {
            waiters.append(Waiter(sequence: awaited, deadline: deadline, continuation: $0))
        }
    }

    /// Whether that is heard doesn't matter: who lets its time pass goes from the line anyway.
    func leaveLine(at topic: TopicID) async {
        guard !isEnded, state == .live else { return }
        try? await surroundings.log.leave(topic, surroundings.node)
    }

    func archived(through sequence: UInt64) async throws(JournalError) {
        guard !isEnded else { throw Self.unknown }
        guard let bookmark, bookmark.sequence < sequence else { return }
        newest = max(newest, sequence)
        advanceSoon()
        let deadline = surroundings.clockwork.now() + surroundings.limits.patience
        let isArchived = await withCheckedContinuation {
            waiters.append(Waiter(sequence: sequence, deadline: deadline, continuation: $0))
        }
        guard isArchived else { throw Self.unknown }
    }

    /// The answer was lost, or there was none: whether the entry is in the log is seen there.
    private func decide(
        _ id: UInt64,
        _ error: SharedLogError
    ) async throws(JournalError) -> Outcome {
        guard case .uncertain = error else {
            own[id] = nil
            leave(error)
            throw .unavailable("\(error)")
        }
        // Who reads the topic waits for what is decided: not for as long as Redis is away.
        let deadline = surroundings.clockwork.now() + surroundings.limits.doubt
        if let mine = own[id], deadline < mine.deadline { own[id]?.deadline = deadline }
        surroundings.clockwork.spawn { await self.look() }
        return .stored(try await archived(id))
    }
}
