import Logging

/// The turn's second half, when the journal has answered: the events are the state; reply to each
/// sender; broadcast. Or the state is as before the turn, and nobody has seen anything else.
extension Topic {
    func end(_ turn: Turn, before later: Turn? = nil) async {
        defer {
            surroundings.observer.turnEnded(turn.work.count, ContinuousClock.now - turn.start)
        }
        var turn = turn
        let records: [Record]
        switch await outcome(turn) {
        case .success(let stored): records = stored
        case .failure(.conflict(let head)) where turn.expected != nil:
            return decideAgain(turn, behind: head)
        case .failure(.repeated(let first)) where turn.expected != nil:
            return decideAgain(turn, without: first)
        case .failure(let error):
            await undo(turn, error)
            // The later turn was decided on what is no more.
            if later != nil { ledger = nil }
            return
        }
        // Its records are in a log that isn't known yet.
        if isTurned, !records.isEmpty { await loadQuietly() }
        let first = zip(records, turn.drafts).first { $0.id == $1.id }?.0.offset
        if let first { takeInBehind(turn, before: first) }
        if conflicts > 0, turn.drafts.isEmpty {
            Task { [journal = surroundings.journal, id] in await journal.forgo(id) }
        }
        conflicts = 0
        settle(turn.decided, records, &turn.answers)
        for entry in turn.repeats {
            turn.answers.add(entry.ticket, answer(repeating: records[entry.draft], entry.ask))
        }
        ledger?.settle()
        turn.answers.send()
        for refused in turn.refused { refuse(refused) }
        show(turn.decided, records)
        for news in turn.news { show(news) }
        await loadAgain(for: turn.work)
        for entry in turn.work { attend(entry, isBehind: turn.knowledge == .cutOff) }
        // A turn that was begun meanwhile has changed the ledger and is not stored yet.
        if later == nil { saveSnapshotWhenDue() }
    }

    private func outcome(_ turn: Turn) async -> Result<[Record], JournalError> {
        if let storing = turn.storing { return await storing.value }
        if turn.drafts.isEmpty { return outcomeWithoutAppend(turn) }
        return await store(turn.drafts, expecting: turn.expected)
    }

    /// Refusals and answers, too, rest on what the turn before was to store.
    private func outcomeWithoutAppend(_ turn: Turn) -> Result<[Record], JournalError> {
        guard let expected = turn.expected, expected != position.offset else { return .success([]) }
        return .failure(.conflict(head: position.offset))
    }

    /// Another node was first; or the turn before it was not stored, or less of it than was
    /// thought.
    private func decideAgain(_ turn: Turn, behind head: Offset? = nil) {
        conflicts += 1
        guard conflicts <= surroundings.settings.conflictsMaximum else {
            conflicts = 0
            ledger = nil
            return giveUp(turn.work, .busy)
        }
        if let head { absorb(insteadOf: turn, head: head) } else { ledger = nil }
        queue.insert(contentsOf: turn.work, at: 0)
        surroundings.observer.queueChanged(turn.work.count)
    }

    /// Some commands were carried out before: they are answered as then, and whatever was decided
    /// behind them rested on what they have not done.
    private func decideAgain(_ turn: Turn, without records: [Record]) {
        let first = Dictionary(
            records.compactMap { record in
                record.key.map { (RecentKeys.Name(author: record.author, key: $0), record) }
            }
        ) { first, _ in first }
        var turn = turn
        turn.work.removeAll { work in
            guard case .command(_, let ask, let ticket) = work, let key = ask.key,
                let record = first[RecentKeys.Name(author: ask.principal.user, key: key)]
            else { return false }
            recentKeys.remember(record)
            ticket.answer(answer(repeating: record, ask))
            return true
        }
        decideAgain(turn)
    }

    /// Nobody's question or join has to wait for what can't be stored: those are decided again by
    /// themselves.
    private func undo(_ turn: Turn, _ error: JournalError) async {
        // The ledger has taken in what was not stored: it is loaded anew.
        ledger = nil
        let stored = turn.decided.filter { !$0.drafts.isEmpty }.map(\.place)
        let places = turn.work.indices
        let changes = places.filter { isChange(turn.work[$0]) }
        let writing = Set(stored + turn.repeats.map(\.place) + changes)
        fail(places.filter(writing.contains).map { turn.work[$0] }, error)
        let rest = places.filter { !writing.contains($0) }.map { turn.work[$0] }
        guard !rest.isEmpty else { return }
        var again = Turn(work: rest, start: turn.start)
        if surroundings.settings.isShared { again.knowledge = .cutOff }
        do throws(JournalError) {
            try await prepare(for: rest)
        } catch {
            return fail(rest, error)
        }
        decide(&again)
        if L.isOrdered { again.expected = position.offset }
        await end(again)
    }

    private func isChange(_ work: Work) -> Bool {
        if case .command(_, let ask, _) = work { L.isChange(ask.action) } else { false }
    }

    /// A repeated command has made the ledger forget what it knew, and joins and the like ask it.
    private func loadAgain(for work: [Work]) async {
        guard ledger == nil, work.contains(where: \.asksState) else { return }
        await loadQuietly()
    }

    private func loadQuietly() async {
        do throws(JournalError) {
            try await load()
        } catch {
            logger.error("The topic was not loaded again", metadata: ["error": "\(error)"])
        }
    }

    /// A refusal stands unless the same command was carried out before: then that is its answer.
    private func refuse(_ refused: Turn.Refused) {
        let (ask, ticket) = (refused.ask, refused.ticket)
        guard let key = ask.key else { return ticket.answer(.failure(refused.rejection)) }
        Task(executorPreference: tasks) {
            ticket.answer(await self.answer(toKey: key, of: ask) ?? .failure(refused.rejection))
        }
    }

    private func answer(toKey key: String, of ask: Ask) async -> Result<JSON, Rejection>? {
        let author = ask.principal.user
        let journal = surroundings.journal
        let first = try? await journal.record(withKey: key, by: author, in: id)
        return first.map { answer(repeating: $0, ask) }
    }

    /// After the append: the answers, and what of the turn must be taken back because a key had
    /// been used before.
    private func settle(_ decided: [Turn.Decided], _ records: [Record], _ answers: inout Answers) {
        var hasRepeats = false
        for entry in decided {
            guard let first = entry.drafts.first.map({ records[$0] }) else {
                answers.add(entry.ticket, .success(exact(entry, records)))
                continue
            }
            if first.id != entry.decision.events[0].id {
                hasRepeats = true
                recentKeys.remember(first)
                answers.add(entry.ticket, answer(repeating: first, entry.ask))
                continue
            }
            recentKeys.remember(first)
            var reply = entry.decision.reply
            reply.append("position", .string(describe(first.offset)))
            answers.add(entry.ticket, .success(reply))
        }
        for record in records { position.offset = max(position.offset, record.offset) }
        if hasRepeats { ledger = nil }
    }

    /// An answer that names a position was made from what the turn had decided until then: it names
    /// where the log stands with that, as far as nobody else wrote in between.
    private func exact(_ entry: Turn.Decided, _ records: [Record]) -> JSON {
        var reply = entry.decision.reply
        let count = entry.drafts.lowerBound
        let offset = position.offset + Offset(count)
        guard reply["position"] != nil, count == 0 || records[count - 1].offset == offset else {
            return reply
        }
        reply.replace("position", with: .string(describe(offset)))
        return reply
    }

    func answer(repeating first: Record, _ ask: Ask) -> Result<JSON, Rejection> {
        guard L.canCause(ask.action, first) else {
            return .failure(Rejection(.keyReused, "That key was used for another command before."))
        }
        var reply = L.reply(repeating: first)
        reply.append("position", .string(describe(first.offset)))
        return .success(reply)
    }

    private func describe(_ offset: Offset) -> String {
        Position(epoch: position.epoch, offset: offset).description
    }

    /// Shows what was committed, and what needs no commit, to the members.
    private func show(_ decided: [Turn.Decided], _ records: [Record]) {
        if !L.isState {
            let fresh = freshRecords(decided, records)
            audience.broadcast(fresh, of: id, epoch: position.epoch, origin: origin(of: decided))
        }
        for entry in decided where !isRepeat(entry, records) {
            for (index, ephemeral) in entry.decision.ephemeral.enumerated() {
                var ephemeral = ephemeral
                if !ephemeral.isForSender { ephemeral.except = entry.ask.connection }
                guard show(ephemeral), index < entry.told else { continue }
                surroundings.peers?.tell(.shown(ephemeral), of: id)
            }
            for notice in entry.decision.notices {
                neighbours.notify(notice.user, notice.ephemeral)
            }
            for entry in entry.decision.elsewhere {
                neighbours.show(entry.ephemeral, in: entry.topic)
            }
            for expelled in entry.decision.expelled {
                audience.expel({ $0.user == expelled.user }, from: id, reason: expelled.reason)
            }
            if let remaining = entry.decision.remaining {
                audience.expel({ !remaining.contains($0.user) }, from: id, reason: "private")
            }
            if let reason = entry.decision.closing {
                audience.expel({ _ in true }, from: id, reason: reason)
            }
        }
    }

    /// The connection from which all of the turn's records came, if it was one.
    private func origin(of decided: [Turn.Decided]) -> ConnectionID? {
        let writing = decided.filter { !$0.drafts.isEmpty }
        guard let first = writing.first?.ask.connection,
            writing.allSatisfy({ $0.ask.connection == first })
        else { return nil }
        return first
    }

    /// Whether the journal had the command's record already: what it set off was long since seen.
    private func isRepeat(_ entry: Turn.Decided, _ records: [Record]) -> Bool {
        guard let place = entry.drafts.first else { return false }
        return records[place].id != entry.decision.events[0].id
    }

    /// Without the first records of repeated commands, which were shown in their time.
    private func freshRecords(_ decided: [Turn.Decided], _ records: [Record]) -> [Record] {
        var fresh: [Record] = []
        fresh.reserveCapacity(records.count)
        for entry in decided {
            for (index, place) in entry.drafts.enumerated()
            where records[place].id == entry.decision.events[index].id {
                fresh.append(records[place])
            }
        }
        return fresh
    }

    /// Nothing of the turn was stored: everyone who waits is told to try again.
    func fail(_ work: [Work], _ error: JournalError) {
        logger.error("The journal failed; the turn is undone", metadata: ["error": "\(error)"])
        giveUp(work, .unavailable)
    }

    /// Whoever leaves has left all the same.
    private func giveUp(_ work: [Work], _ rejection: Rejection) {
        for entry in work {
            if case .leave = entry { attend(entry) } else { refuse(entry, rejection) }
        }
    }
}
