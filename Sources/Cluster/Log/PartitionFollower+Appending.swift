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
    func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?,
        isReturn: Bool = false
    ) async throws(JournalError) -> Outcome {
        guard state == .live, let bookmark else { throw refusal }
        let id = surroundings.clockwork.random()
        let deadline = surroundings.clockwork.now() + Self.patience
        own[id] = Own(drafts: drafts, deadline: deadline)
        let proposal = Proposal(
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
        case .stored(let sequence, let first):
            return try await archived(id, drafts, sequence, first)
        case .conflict(let head, let sequence):
            own[id] = nil
            try await archived(through: sequence)
            return .conflict(head: head)
        case .repeated(let indices, let sequence):
            own[id] = nil
            try await archived(through: sequence)
            return .repeated(indices)
        case .elsewhere:
            own[id] = nil
            Task { await look() }
            throw .unavailable("The cluster's log is being restored.")
        }
    }

    /// Why nothing can be appended.
    private var refusal: JournalError {
        switch state {
        case .away(let reason): .unavailable(reason)
        case .failing(let reason): .unavailable(reason)
        case .starting, .restoring: .unavailable("The cluster's log is being restored.")
        case .incomplete: .unavailable("This node's copy of the cluster's log is not complete yet.")
        case .live: Self.unknown
        }
    }

    /// Waits for one's own entry, which is known to be in the log.
    private func archived(
        _ id: UInt64,
        _ drafts: [Draft],
        _ sequence: UInt64,
        _ first: Offset
    ) async throws(JournalError) -> Outcome {
        newest = max(newest, sequence)
        // It may have been archived before its answer came.
        guard own[id] != nil else {
            return .stored(
                drafts.enumerated().map { Record($1, offset: first + Offset($0)) }
            )
        }
        if !isAdvancing { Task { await self.advance() } }
        let result = await withCheckedContinuation { own[id]?.stored = $0 }
        return .stored(try result.get())
    }

    private func archived(through sequence: UInt64) async throws(JournalError) {
        guard let bookmark, bookmark.sequence < sequence else { return }
        newest = max(newest, sequence)
        if !isAdvancing { Task { await self.advance() } }
        let deadline = surroundings.clockwork.now() + Self.patience
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
        Task { await self.look() }
        guard own[id] != nil else { throw Self.unknown }
        let result = await withCheckedContinuation { own[id]?.stored = $0 }
        return .stored(try result.get())
    }
}
