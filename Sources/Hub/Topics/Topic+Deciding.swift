/// The turn's decisions: commands become events or refusals, one after the other. Nothing waits.
extension Topic {
    /// Decides the commands in order, each against the state as the ones before it leave it. Ends
    /// at what this node may be too far behind to decide.
    func decide(_ turn: inout Turn) {
        if L.isOrdered, surroundings.settings.isShared { turn.before = ledger }
        turn.reloads = reloads
        let at = surroundings.now()
        for index in turn.work.indices {
            if case .command(let command, let ask, let ticket) = turn.work[index] {
                guard !isAnswered(ask, ticket, index, &turn) else { continue }
                let outcome = outcome(of: command, ask, at)
                if turn.knowledge == .asTold, mayBeOutdated(outcome, ask) {
                    turn.note(doubtAt: index)
                    // Where order decides, the append will tell.
                    if !L.isOrdered { return }
                }
                take(outcome, of: ask, ticket, index, into: &turn, at)
            } else if turn.knowledge == .asTold, mayBeOutdated(turn.work[index]) {
                turn.note(doubtAt: index)
                if !L.isOrdered { return }
            }
        }
        if L.isOrdered, !turn.drafts.isEmpty { turn.doubt = nil }
    }

    /// Whether the command was carried out before, or is about to be.
    private func isAnswered(
        _ ask: Ask,
        _ ticket: Ticket,
        _ index: Int,
        _ turn: inout Turn
    ) -> Bool {
        if let key = ask.key, let first = recentKeys.record(by: ask.principal.user, key: key) {
            turn.answers.add(ticket, answer(repeating: first, ask))
            return true
        }
        guard let draft = turn.draft(of: ask) else { return false }
        turn.repeats.append((ask, ticket, draft, index))
        return true
    }

    private func outcome(
        of command: L.Command,
        _ ask: Ask,
        _ at: Timestamp
    ) -> Result<Decision<L.Happening>, Rejection> {
        if let condition = ask.condition, !condition.isMet(at: position) {
            return .failure(.changed(to: position))
        }
        let request = Request(
            principal: ask.principal,
            at: at,
            presence: presence,
            position: position
        ) {
            [ids = surroundings.ids] in ids.next(at: at)
        }
        do throws(Rejection) {
            guard let decision = try ledger?.decide(command, request) else {
                preconditionFailure("A turn is decided on a state.")
            }
            return .success(decision)
        } catch {
            return .failure(error)
        }
    }

    private func take(
        _ outcome: Result<Decision<L.Happening>, Rejection>,
        of ask: Ask,
        _ ticket: Ticket,
        _ index: Int,
        into turn: inout Turn,
        _ at: Timestamp
    ) {
        if turn.knowledge == .cutOff, L.isChange(ask.action), mayBeOutdated(outcome, ask) {
            turn.refused.append(Turn.Refused(ask: ask, ticket: ticket, rejection: .unavailable))
            return
        }
        var decision: Decision<L.Happening>
        switch outcome {
        case .failure(let rejection):
            turn.refused.append(Turn.Refused(ask: ask, ticket: ticket, rejection: rejection))
            return
        case .success(let made): decision = made
        }
        let start = turn.drafts.count
        for (number, entry) in decision.events.enumerated() {
            turn.commutes = turn.commutes && L.commutes(entry.event)
            ledger?.apply(entry.event, id: entry.id, author: ask.principal.user, at: at)
            turn.drafts.append(
                Draft(
                    id: entry.id,
                    author: ask.principal.user,
                    at: at,
                    key: ask.key.map { Self.key($0, ofEvent: number) },
                    event: entry.event
                )
            )
        }
        // What is added then, the other nodes find out by themselves.
        let told = decision.ephemeral.count
        if start < turn.drafts.count {
            turn.remember(ask, at: start)
            ledger?.complete(&decision, at: at)
        }
        turn.decided.append(
            Turn.Decided(
                ask: ask,
                ticket: ticket,
                decision: decision,
                told: told,
                drafts: start..<turn.drafts.count,
                place: index
            )
        )
    }

    /// A command's further events have keys of their own, so that a repeat stores none of them.
    private static func key(_ key: String, ofEvent index: Int) -> String {
        index == 0 ? key : "\(key)\u{1F}\(index)"
    }
}
