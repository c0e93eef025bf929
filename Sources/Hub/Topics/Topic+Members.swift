/// Members: who listens, who is present, and what is shown to them without being stored.
extension Topic {
    /// After the turn's commit: what of its work is not a command.
    ///
    /// - Parameter isBehind: Whether the log may have what would change a refusal, and can't be
    ///   asked.
    func attend(_ work: Work, isBehind: Bool = false) {
        switch work {
        case .command: break
        case .join(let join, let completion): attend(join, completion, isBehind: isBehind)
        case .leave(let leave): attend(leave)
        case .renewal(let connection, let principal):
            renew(principal, of: connection)
            if isBehind { reviseLater(after: .seconds(1)) } else { excludeIfRefused(connection) }
        case .presence(let principal, let ticket): ticket.answer(describePresence(to: principal))
        case .notice(let ephemeral): show(ephemeral)
        case .awareness(let update, let ask, let ticket): attend(update, ask, ticket)
        case .revision:
            revisionIsDue = false
            if isBehind { reviseLater(after: .seconds(1)) } else { excludeRefused() }
        case .compaction: break
        }
    }

    func attend(
        _ join: Join,
        _ completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void,
        isPatient: Bool = true,
        isBehind: Bool = false
    ) {
        if isPatient, isAhead(join) { return wait(join, completion) }
        let access: JSON
        do throws(Rejection) {
            access = try admit(join.principal, join.fields)
        } catch {
            join.lane.submit { completion(.failure(isBehind ? .unavailable : error)) }
            return
        }
        if let earlier = audience.seat(join), earlier.announces {
            _ = presence.go(earlier.user, isAbrupt: false)
            tellPresence(of: earlier.user)
        }
        if join.announces {
            presence.come(join.principal.user)
            tellPresence(of: join.principal.user)
        }
        let isListed = join.announces && presence.count <= surroundings.settings.listedMaximum
        let outcome = JoinOutcome(
            position: position,
            former: former,
            isState: L.isState,
            reply: access,
            members: isListed ? presence.list : nil,
            count: presence.count
        )
        join.lane.submit { completion(.success(outcome)) }
        schedulePresence()
    }

    /// What the state says to who wants to listen; refuses who may not.
    func admit(_ principal: Principal, _ fields: JSON = [:]) throws(Rejection) -> JSON {
        let request = Request(principal: principal, at: surroundings.now()) {
            preconditionFailure("Access is a question and makes no record.")
        }
        guard let ledger else { throw .unavailable }
        return try ledger.decide(try L.command("access", fields), request).reply
    }

    /// The connection has another token.
    func renew(_ principal: Principal, of connection: ConnectionID) {
        audience.renew(principal, of: connection)
        renewEarly(principal, of: connection)
    }

    private func attend(_ leave: Leave) {
        forgetEarly(leave)
        guard let left = audience.remove(leave.connection, upTo: leave.number) else { return }
        endAwareness(of: leave.connection)
        guard left.announces else { return }
        if let loss = presence.go(left.user, isAbrupt: leave.isAbrupt) {
            lane.submit(after: surroundings.settings.presenceGrace) { [weak self] in
                self?.assumeIsolated { topic in
                    topic.presence.lapse(left.user, loss: loss)
                    topic.tellPresence(of: left.user)
                    topic.schedulePresence()
                }
            }
        }
        tellPresence(of: left.user)
        schedulePresence()
    }

    /// To who may join: who is in a private room is nobody else's business.
    private func describePresence(to principal: Principal) -> Result<JSON, Rejection> {
        do throws(Rejection) {
            _ = try admit(principal)
        } catch {
            return .failure(error)
        }
        var reply: JSON = ["count": .int(Int64(presence.count))]
        if presence.count <= surroundings.settings.listedMaximum {
            reply.append("members", JoinOutcome.describe(presence.list))
        }
        return .success(reply)
    }

    /// Changes are gathered for a moment, so that a hundred who come at once are told of once.
    func schedulePresence() {
        guard presence.hasChanges, !presenceIsScheduled else { return }
        presenceIsScheduled = true
        let settings = surroundings.settings
        let isLarge = presence.count > settings.listedMaximum
        lane.submit(after: settings.presenceDelay * (isLarge ? 10 : 1)) { [weak self] in
            self?.assumeIsolated { $0.showPresence() }
        }
    }

    private func showPresence() {
        presenceIsScheduled = false
        guard presence.hasChanges else { return }
        let difference = presence.takeDifference()
        // In a large room names would be a storm; its count is what people look at.
        let isLarge = difference.count > surroundings.settings.listedMaximum
        let listed = isLarge ? surroundings.settings.listedMaximum / 10 : Int.max
        let payload: JSON = [
            "joined": JoinOutcome.describe(
                difference.joined.prefix(listed).map { ($0, presence.connections(of: $0)) }
            ),
            "left": .array(
                difference.left.prefix(listed).map { user in
                    difference.lost.contains(user)
                        ? ["userId": .string(user), "reason": "node"] : ["userId": .string(user)]
                }
            ),
            "count": .int(Int64(difference.count)),
        ]
        let ephemeral = Ephemeral(
            event: "presence",
            author: "",
            at: surroundings.now(),
            payload: payload.encoded()
        )
        audience.broadcast(ephemeral, of: id)
    }

    /// Shows an ephemeral event and keeps the state that it begins or ends. False when that was
    /// over already, and there is nothing to be told.
    @discardableResult
    func show(_ ephemeral: Ephemeral) -> Bool {
        if let key = ephemeral.stateKey {
            show(ephemeral, as: key)
            return true
        }
        switch ephemeral.change {
        case .none: break
        case .begins(let lapse):
            lapseCount += 1
            let isNews = lapses.updateValue(lapseCount, forKey: lapse.key) == nil
            endLater(lapse, of: ephemeral, generation: lapseCount)
            guard isNews else { return true }
        case .ends(let key):
            guard lapses.removeValue(forKey: key) != nil else { return false }
        }
        audience.broadcast(ephemeral, of: id)
        return true
    }

    /// Shows a state at once to those who want each, and before long to the others.
    private func show(_ state: Ephemeral, as key: String) {
        audience.broadcast(state, of: id, isConflated: false)
        guard audience.conflatingCount > 0 else { return }
        let isFirst = conflated.isEmpty
        conflated[key] = state
        guard isFirst else { return }
        lane.submit(after: surroundings.settings.conflationPeriod) { [weak self] in
            self?.assumeIsolated { $0.showConflated() }
        }
    }

    private func showConflated() {
        let states = conflated
        conflated = [:]
        for state in states.values { audience.broadcast(state, of: id, isConflated: true) }
    }

    private func endLater(_ lapse: Ephemeral.Lapse, of ephemeral: Ephemeral, generation: UInt64) {
        let end = Ephemeral(
            event: ephemeral.event,
            author: ephemeral.author,
            at: ephemeral.at,
            payload: lapse.payload,
            except: ephemeral.except
        )
        lane.submit(after: lapse.after) { [weak self] in
            self?.assumeIsolated { topic in
                guard topic.lapses[lapse.key] == generation else { return }
                topic.lapses[lapse.key] = nil
                topic.audience.broadcast(end, of: topic.id)
            }
        }
    }
}
