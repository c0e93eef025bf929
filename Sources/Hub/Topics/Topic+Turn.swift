/// The turn's first half: take, fetch, decide, and hand over to the journal.
///
/// While a turn is being stored the next one gathers: that is group commit. When much has gathered
/// already, it is decided at once, on the state that the stored turn will leave, and its append
/// expects that state: if the earlier turn fails, the later one conflicts and is decided again.
extension Topic {
    func takeTurns() async {
        var earlier: Turn?
        while earlier != nil || !queue.isEmpty {
            guard var turn = earlier else {
                earlier = await begin(takeWork())
                continue
            }
            guard mayOverlap(turn) else {
                await end(turn)
                earlier = nil
                continue
            }
            beginStoring(&turn)
            let later = await begin(takeWork(), after: turn)
            await end(turn, before: later)
            earlier = later
        }
        isTurning = false
        takeInAtRest()
    }

    /// Whether the next turn may be decided before this one is stored. Joins see the state, so it
    /// must be a stored one when they are attended to.
    private func mayOverlap(_ turn: Turn) -> Bool {
        // What other nodes store comes in between turns.
        !surroundings.settings.isShared
            && queue.count >= surroundings.settings.overlapMinimum && ledger != nil
            && turn.work.allSatisfy(\.isCommand) && queue.first?.condition == nil
    }

    private func takeWork() -> [Work] {
        let taken = turnLength()
        var work: [Work] = []
        if taken == queue.count {
            // Mostly: nothing is copied.
            swap(&work, &queue)
        } else {
            work = Array(queue.prefix(taken))
            queue.removeFirst(taken)
        }
        surroundings.observer.queueChanged(-taken)
        return work
    }

    /// Up to a command whose connection joins in the same turn: joins are attended to when the turn
    /// is stored, and who joined first is to see what it did then. And up to one with a condition,
    /// which is decided on what is stored. And around one that is made anew each time, when it may
    /// have been carried out before.
    private func turnLength() -> Int {
        let most = min(queue.count, surroundings.settings.turnMaximum)
        guard most > 1 else { return most }
        var joining: Set<ConnectionID> = []
        var hasKeys = false
        for index in 0..<most {
            switch queue[index] {
            case .join(let join, _): joining.insert(join.connection)
            case .command(let command, let ask, _):
                if index > 0, ask.condition != nil { return index }
                if !joining.isEmpty, let asker = ask.connection, joining.contains(asker) {
                    return index
                }
                let isMadeAnew = L.isMadeAnew(command)
                if isMadeAnew, hasKeys { return index }
                hasKeys = hasKeys || ask.key != nil
                if isMadeAnew, hasKeys { return index + 1 }
            case .leave, .renewal, .presence, .notice, .awareness, .revision, .compaction: continue
            }
        }
        return most
    }

    /// The turn, on its way to the journal. Nil when it has failed before that.
    private func begin(_ work: [Work], after earlier: Turn? = nil) async -> Turn? {
        var turn = Turn(work: work, start: ContinuousClock.now)
        let hasAsked = askPeers(for: work)
        do throws(JournalError) {
            try await prepare(for: work, hasAsked: hasAsked)
            if surroundings.settings.isShared { turn.knowledge = .asTold }
            decide(&turn)
            if turn.doubt != nil { try await settleDoubt(of: &turn) }
        } catch {
            fail(work, error)
            return nil
        }
        if earlier != nil || L.isOrdered || turn.work.first?.condition != nil {
            turn.expected = position.offset + Offset(earlier?.drafts.count ?? 0)
        }
        guard !turn.drafts.isEmpty else { return turn }
        turn.news = ledger?.takeNews(at: surroundings.now()) ?? []
        if earlier != nil { beginStoring(&turn) }
        return turn
    }

    /// The state as it is by now, and what the commands need to know besides.
    func prepare(for work: [Work], hasAsked: Bool = false) async throws(JournalError) {
        // It may be forgotten while the facts are fetched, and by what others have stored.
        repeat {
            if ledger == nil { try await load() }
            if hasAsked { await hearAnswers() }
            let facts = try await fetchFacts(for: work)
            ledger?.learn(facts)
            takeIn()
        } while ledger == nil
    }

    /// Beside the decisions of the next turn. A turn that none overlaps is stored as it ends, which
    /// takes no task.
    private func beginStoring(_ turn: inout Turn) {
        guard turn.storing == nil, !turn.drafts.isEmpty else { return }
        turn.storing = Task.immediate(executorPreference: tasks) {
            [drafts = turn.drafts, expected = turn.expected] in
            await store(drafts, expecting: expected)
        }
    }

    func store(_ drafts: [Draft], expecting: Offset?) async -> Result<[Record], JournalError> {
        do throws(JournalError) {
            let journal = surroundings.journal
            guard let expecting else {
                return .success(try await journal.append(drafts, to: id, expecting: nil))
            }
            let expected = Position(epoch: position.epoch, offset: expecting)
            return .success(try await journal.append(drafts, to: id, expecting: expected))
        } catch {
            return .failure(error)
        }
    }

    private func fetchFacts(for work: [Work]) async throws(JournalError) -> [L.Fact] {
        guard let ledger else { return [] }
        var ids: [RecordID] = []
        for case .command(let command, _, _) in work { ids += ledger.needs(command) }
        return ids.isEmpty ? [] : try await fetch(ids)
    }
}

extension Topic.Work {
    var isCommand: Bool {
        if case .command = self { true } else { false }
    }

    var condition: Condition? {
        if case .command(_, let ask, _) = self { ask.condition } else { nil }
    }

    /// Whether it asks the state when the turn is over.
    var asksState: Bool {
        switch self {
        case .join, .renewal, .presence, .revision: true
        case .command, .leave, .notice, .awareness, .compaction: false
        }
    }
}
