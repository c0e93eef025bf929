import Hub
import Reactor

/// The session's memberships: join, resume, leave, and what the hub ends.
extension NativeSession {
    /// While a second join of a topic waits for its answer there are two.
    func subscriptions(of topic: TopicID) -> [Subscription] {
        subscriptions.filter { $0.topic == topic }
    }

    /// Joins one topic; what was missed follows right behind the answer, or with `isHeld` once it
    /// is released.
    func join(
        _ entry: ResumeToken.Entry,
        as identity: Identity,
        isHeld: Bool = false,
        _ completion: @escaping (Result<JSON, Rejection>) -> Void
    ) {
        do throws(Rejection) {
            try gateway.admission.admit("join", on: entry.topic, for: identity.principal)
            let subscription = try subscribe(entry)
            let join = Join(
                connection: link.id,
                principal: identity.principal,
                lane: loop,
                seats: subscription.seats,
                dialect: dialect,
                announces: entry.presence,
                conflates: entry.conflates,
                number: subscription.number,
                since: entry.since,
                fields: entry.wish
            )
            let here = LoopBound((self, subscription, completion), on: loop)
            gateway.router.submit(join, to: entry.topic) { outcome in
                let (session, subscription, completion) = here.value
                session.joined(subscription, entry, isHeld: isHeld, outcome, completion)
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// A place for the topic. An earlier membership goes on until the new one is answered.
    private func subscribe(_ entry: ResumeToken.Entry) throws(Rejection) -> Subscription {
        let isAgain = subscriptions.contains { $0.topic == entry.topic }
        let most = isAgain ? Self.slotsMaximum : min(link.settings.topicsMaximum, Self.slotsMaximum)
        guard subscriptions.count < most else {
            throw Rejection(.limitReached, "The connection has joined as many topics as it may.")
        }
        joins += 1
        let subscription = Subscription(
            entry,
            dialect: dialect,
            number: joins,
            slot: freeSlot(),
            link: link,
            onTrimmed: { [unowned self] in skip($0) }
        ) { [unowned self] subscription, reason in endSubscription(subscription, reason) }
        subscriptions.append(subscription)
        return subscription
    }

    /// Fewer than there are numbers for, so that a free one is always found.
    private static var slotsMaximum: Int { 250 }

    /// Not at once the one that became free last: frames of its topic may still be queued.
    private func freeSlot() -> UInt8 {
        repeat {
            lastSlot = lastSlot == .max ? 1 : lastSlot + 1
        } while subscriptions.contains { $0.slot == lastSlot }
        return lastSlot
    }

    private func joined(
        _ subscription: Subscription,
        _ entry: ResumeToken.Entry,
        isHeld: Bool,
        _ outcome: Result<JoinOutcome, Rejection>,
        _ completion: (Result<JSON, Rejection>) -> Void
    ) {
        // Ended meanwhile: its leave is on the way to the topic.
        guard subscription.isActive else {
            let rejection = Rejection(.notJoined, "The connection left before it had joined.")
            return completion(.failure(rejection))
        }
        switch outcome {
        case .failure(let rejection):
            subscriptions.removeAll { $0 === subscription }
            subscription.end()
            completion(.failure(rejection))
        case .success(let joined):
            for earlier in subscriptions(of: entry.topic) where earlier.number < subscription.number
            {
                subscriptions.removeAll { $0 === earlier }
                earlier.end()
            }
            let start = joined.start(since: entry.since)
            var reply = joined.fields
            if start.isReset { reply.append("reset", true) }
            subscription.begin(at: joined.position, cursor: start.cursor, isHeld: isHeld)
            completion(.success(reply))
            subscription.catchUp()
        }
    }

    /// Restores many memberships; the outcomes are given in the order of the entries, and before
    /// the first event of any of them.
    func resume(
        _ entries: [ResumeToken.Entry],
        as identity: Identity,
        _ completion: @escaping ([JSON]) -> Void
    ) {
        var outcomes: [JSON] = Array(repeating: .null, count: entries.count)
        var missing = entries.count
        guard missing > 0 else { return completion([]) }
        for (index, entry) in entries.enumerated() {
            join(entry, as: identity, isHeld: true) { [self] outcome in
                var resumed: JSON = ["topic": .string(entry.topic.text)]
                switch outcome {
                case .success(let fields):
                    for name in ["position", "reset", "state", "members", "count"] {
                        if let value = fields[name] { resumed.append(name, value) }
                    }
                case .failure(let rejection):
                    resumed.append("error", rejection.json)
                }
                outcomes[index] = resumed
                missing -= 1
                guard missing == 0 else { return }
                completion(outcomes)
                for subscription in subscriptions { subscription.release() }
            }
        }
    }

    /// The records that the member would read are forgotten: it gets the state that holds them.
    private func skip(_ subscription: Subscription) {
        guard case .known(let identity) = standing else { return }
        let ask = Ask(
            action: "state",
            topic: subscription.topic,
            fields: [:],
            principal: identity.principal,
            connection: link.id
        )
        let question = DocumentQuestion(on: loop) { [dialect] outcome in
            guard subscription.isActive else { return }
            guard case .success(let reply) = outcome, let text = reply["position"]?.string,
                let position = try? Position(text)
            else { return subscription.link.close(.internalError) }
            let event = Ephemeral(
                event: "state",
                author: "",
                at: subscription.link.desk.gateway.now(),
                payload: JSON.object([
                    JSON.Member("state", reply["state"] ?? .null),
                    JSON.Member("position", .string(text)),
                ]).encoded()
            )
            let frame = dialect.encode(event, of: subscription.topic) as? [UInt8]
            subscription.skip(to: position, frame ?? [])
        }
        gateway.router.submit(ask, .asker(question, lane: loop))
    }

    func leave(_ subscription: Subscription, isAbrupt: Bool) {
        subscription.end()
        gateway.router.submit(
            Leave(connection: link.id, isAbrupt: isAbrupt, number: subscription.number),
            to: subscription.topic
        )
    }

    /// The hub ends a membership: the client is told why.
    func endSubscription(_ subscription: Subscription, _ reason: String) {
        guard subscription.isActive else { return }
        subscriptions.removeAll { $0 === subscription }
        leave(subscription, isAbrupt: false)
        let notice = Ephemeral(
            event: "subscription_ended",
            author: "",
            at: gateway.now(),
            payload: JSON.object([JSON.Member("reason", .string(reason))]).encoded()
        )
        if let frame = dialect.encode(notice, of: subscription.topic) as? [UInt8] {
            link.sendOwn(frame)
        }
    }

    /// Tells the client to move, with a token that carries its topics and positions.
    func drain(within window: Duration) {
        let latest = subscriptions.filter { $0 === subscriptions(of: $0.topic).last }
        let token = ResumeToken.encode(latest)
        let notice: JSON = [
            "event": "draining",
            "data": ["after": .int(window.milliseconds), "resume": .string(token)],
        ]
        send(notice.encoded())
    }
}

extension JoinOutcome {
    /// Where the member starts to read, and whether its own position could not be used.
    func start(since: Position?) -> (cursor: Offset, isReset: Bool) {
        guard let since, !isState else { return (position.offset, false) }
        // "0" asks for everything, whatever the epoch.
        if since == ResumeToken.Entry.beginning { return (0, false) }
        guard since.epoch == position.epoch, since.offset <= position.offset else {
            // What its epoch had beyond that was numbered again, and comes again.
            return former[since.epoch].map { (min(since.offset, $0), false) } ?? (0, true)
        }
        return (since.offset, false)
    }
}
