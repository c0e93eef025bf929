import Hub
import Reactor

/// The session's memberships: join, resume, leave, and what the hub ends.
extension NativeSession {
    func subscription(of topic: TopicID) -> Subscription? {
        subscriptions.first { $0.topic == topic }
    }

    /// Joins one topic; what was missed follows right behind the answer.
    func join(
        _ entry: ResumeToken.Entry,
        as identity: Identity,
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
                announces: entry.presence
            )
            let here = LoopBound((self, subscription, completion), on: loop)
            gateway.router.submit(join, to: entry.topic) { outcome in
                let (session, subscription, completion) = here.value
                session.joined(subscription, since: entry.since, outcome, completion)
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// A place for the topic; a second join takes the place of the first.
    private func subscribe(_ entry: ResumeToken.Entry) throws(Rejection) -> Subscription {
        if let earlier = subscription(of: entry.topic) {
            subscriptions.removeAll { $0 === earlier }
            earlier.end()
        }
        guard subscriptions.count < min(link.settings.topicsMaximum, 250) else {
            throw Rejection(.limitReached, "The connection has joined as many topics as it may.")
        }
        let subscription = Subscription(
            topic: entry.topic,
            dialect: dialect,
            announces: entry.presence,
            slot: freeSlot(),
            link: link
        ) { [unowned self] subscription, reason in endSubscription(subscription, reason) }
        subscriptions.append(subscription)
        return subscription
    }

    private func freeSlot() -> UInt8 {
        var slot: UInt8 = 1
        while subscriptions.contains(where: { $0.slotNumber == slot }) { slot += 1 }
        return slot
    }

    private func joined(
        _ subscription: Subscription,
        since: Position?,
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
            let start = joined.start(since: since)
            var reply = joined.fields
            if start.isReset { reply.append("reset", true) }
            subscription.begin(at: joined.position, cursor: start.cursor)
            completion(.success(reply))
            subscription.catchUp()
        }
    }

    /// Restores many memberships; the outcomes are given in the order of the entries.
    func resume(
        _ entries: [ResumeToken.Entry],
        as identity: Identity,
        _ completion: @escaping ([JSON]) -> Void
    ) {
        var outcomes: [JSON] = Array(repeating: .null, count: entries.count)
        var missing = entries.count
        guard missing > 0 else { return completion([]) }
        for (index, entry) in entries.enumerated() {
            join(entry, as: identity) { outcome in
                var resumed: JSON = ["topic": .string(entry.topic.text)]
                switch outcome {
                case .success(let fields):
                    for name in ["position", "reset", "members", "count"] {
                        if let value = fields[name] { resumed.append(name, value) }
                    }
                case .failure(let rejection):
                    resumed.append("error", NativeReply.describe(rejection))
                }
                outcomes[index] = resumed
                missing -= 1
                if missing == 0 { completion(outcomes) }
            }
        }
    }

    func leave(_ subscription: Subscription, isAbrupt: Bool) {
        subscription.end()
        gateway.router.submit(
            Leave(connection: link.id, isAbrupt: isAbrupt),
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
        let token = ResumeToken.encode(subscriptions.map { ($0.topic, $0.position, $0.announces) })
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
        guard let since else { return (position.offset, false) }
        // "0" asks for everything, whatever the epoch.
        if since == ResumeToken.Entry.beginning { return (0, false) }
        guard since.epoch == position.epoch, since.offset <= position.offset else {
            return (0, true)
        }
        return (since.offset, false)
    }
}
