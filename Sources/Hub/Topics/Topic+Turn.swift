import Logging

/// The turn: take, fetch, decide, append, and then either show or forget.
extension Topic {
    /// One command's part in a turn.
    private struct Decided {
        let ask: Ask
        let ticket: Ticket
        var decision: Decision<L.Happening>
        /// Which of the turn's drafts are this command's.
        let drafts: Range<Int>
    }

    func takeTurns() async {
        while !queue.isEmpty {
            let taken = turnLength()
            let work = Array(queue.prefix(taken))
            queue.removeFirst(taken)
            surroundings.observer.queueChanged(-taken)
            let start = ContinuousClock.now
            await takeTurn(work)
            surroundings.observer.turnEnded(taken, ContinuousClock.now - start)
        }
        isTurning = false
    }

    /// Up to a command whose connection joins in the same turn: joins are attended to when the turn
    /// is stored, and who joined first is to see what it did then.
    private func turnLength() -> Int {
        let most = min(queue.count, surroundings.settings.turnMaximum)
        var joining: Set<ConnectionID> = []
        for index in 0..<most {
            switch queue[index] {
            case .join(let join, _): joining.insert(join.connection)
            case .command(_, let ask, _):
                guard !joining.isEmpty, let asker = ask.connection else { continue }
                if joining.contains(asker) { return index }
            case .leave, .presence, .notice, .awareness: continue
            }
        }
        return most
    }

    private func takeTurn(_ work: [Work]) async {
        do throws(JournalError) {
            if ledger == nil { try await load() }
            let facts = try await fetchFacts(for: work)
            ledger?.learn(facts)
        } catch {
            fail(work, error)
            return
        }
        var answers = Answers()
        let (decided, drafts) = decide(work, &answers)
        var records: [Record] = []
        if !drafts.isEmpty {
            do throws(JournalError) {
                records = try await surroundings.journal.append(drafts, to: id, expecting: nil)
            } catch {
                // The ledger has taken in what was not stored: it is loaded anew.
                ledger = nil
                for entry in decided { answers.add(entry.ticket, .failure(.unavailable)) }
                answers.send(insteadOfAll: .unavailable)
                fail(work.filter { !$0.isCommand }, error)
                return
            }
        }
        settle(decided, records, &answers)
        ledger?.settle()
        answers.send()
        show(decided, records)
        await loadAgain(for: work)
        for entry in work { attend(entry) }
        saveSnapshotWhenDue()
    }

    /// A repeated command has made the ledger forget what it knew, and joins ask it.
    private func loadAgain(for work: [Work]) async {
        guard ledger == nil, work.contains(where: \.isJoin) else { return }
        do throws(JournalError) {
            try await load()
        } catch {
            logger.error("The topic was not loaded again", metadata: ["error": "\(error)"])
        }
    }

    private func fetchFacts(for work: [Work]) async throws(JournalError) -> [L.Fact] {
        guard let ledger else { return [] }
        var ids: [RecordID] = []
        for case .command(let command, _, _) in work { ids += ledger.needs(command) }
        return ids.isEmpty ? [] : try await fetch(ids)
    }

    /// Decides the commands in order, each against the state as the ones before it leave it.
    private func decide(_ work: [Work], _ answers: inout Answers) -> ([Decided], [Draft]) {
        var decided: [Decided] = []
        var drafts: [Draft] = []
        let at = surroundings.now()
        for case .command(let command, let ask, let ticket) in work {
            if let key = ask.key, let first = recentKeys.record(by: ask.principal.user, key: key) {
                answers.add(ticket, answer(repeating: first, ask))
                continue
            }
            let request = Request(principal: ask.principal, at: at, position: position) {
                [ids = surroundings.ids] in
                ids.next(at: at)
            }
            do throws(Rejection) {
                guard var decision = try ledger?.decide(command, request) else { continue }
                let start = drafts.count
                for (index, entry) in decision.events.enumerated() {
                    ledger?.apply(entry.event, id: entry.id, author: ask.principal.user, at: at)
                    drafts.append(
                        Draft(
                            id: entry.id,
                            author: ask.principal.user,
                            at: at,
                            key: ask.key.map { Self.key($0, ofEvent: index) },
                            event: entry.event
                        )
                    )
                }
                if start < drafts.count { ledger?.complete(&decision.reply) }
                decided.append(
                    Decided(
                        ask: ask,
                        ticket: ticket,
                        decision: decision,
                        drafts: start..<drafts.count
                    )
                )
            } catch {
                refuse(ask, ticket, error, &answers)
            }
        }
        return (decided, drafts)
    }

    /// A command's further events have keys of their own, so that a repeat stores none of them.
    private static func key(_ key: String, ofEvent index: Int) -> String {
        index == 0 ? key : "\(key)\u{1F}\(index)"
    }

    /// A refusal stands unless the same command was carried out before: then that is its answer.
    private func refuse(
        _ ask: Ask,
        _ ticket: Ticket,
        _ rejection: Rejection,
        _ answers: inout Answers
    ) {
        guard let key = ask.key else {
            answers.add(ticket, .failure(rejection))
            return
        }
        Task {
            let first = try? await surroundings.journal.record(
                withKey: key,
                by: ask.principal.user,
                in: id
            )
            ticket.answer(first.map { answer(repeating: $0, ask) } ?? .failure(rejection))
        }
    }

    /// After the append: the answers, and what of the turn must be taken back because a key had
    /// been used before.
    private func settle(_ decided: [Decided], _ records: [Record], _ answers: inout Answers) {
        var hasRepeats = false
        for entry in decided {
            guard let first = entry.drafts.first.map({ records[$0] }) else {
                answers.add(entry.ticket, .success(entry.decision.reply))
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

    private func answer(repeating first: Record, _ ask: Ask) -> Result<JSON, Rejection> {
        guard L.canCause(ask.action, first.type) else {
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
    private func show(_ decided: [Decided], _ records: [Record]) {
        let fresh = freshRecords(decided, records)
        audience.broadcast(fresh, of: id, epoch: position.epoch, origin: origin(of: decided))
        for entry in decided where !isRepeat(entry, records) {
            for ephemeral in entry.decision.ephemeral {
                var ephemeral = ephemeral
                ephemeral.except = entry.ask.connection
                show(ephemeral)
            }
            for notice in entry.decision.notices {
                neighbours.notify(notice.user, notice.ephemeral)
            }
            for expelled in entry.decision.expelled {
                audience.expel({ $0 == expelled.user }, from: id, reason: expelled.reason)
            }
            if let remaining = entry.decision.remaining {
                audience.expel({ !remaining.contains($0) }, from: id, reason: "private")
            }
            if let reason = entry.decision.closing {
                audience.expel({ _ in true }, from: id, reason: reason)
            }
        }
    }

    /// The connection from which all of the turn's records came, if it was one.
    private func origin(of decided: [Decided]) -> ConnectionID? {
        let writing = decided.filter { !$0.drafts.isEmpty }
        guard let first = writing.first?.ask.connection,
            writing.allSatisfy({ $0.ask.connection == first })
        else { return nil }
        return first
    }

    /// Whether the journal had the command's record already: what it set off was long since seen.
    private func isRepeat(_ entry: Decided, _ records: [Record]) -> Bool {
        guard let place = entry.drafts.first else { return false }
        return records[place].id != entry.decision.events[0].id
    }

    /// Without the first records of repeated commands, which were shown in their time.
    private func freshRecords(_ decided: [Decided], _ records: [Record]) -> [Record] {
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
    private func fail(_ work: [Work], _ error: JournalError) {
        logger.error("The journal failed; the turn is undone", metadata: ["error": "\(error)"])
        for entry in work {
            if case .leave = entry {
                attend(entry)
            } else {
                refuse(entry, .unavailable)
            }
        }
    }
}

extension Topic.Work {
    var isCommand: Bool {
        if case .command = self { true } else { false }
    }

    var isJoin: Bool {
        if case .join = self { true } else { false }
    }
}
