import Hub
import Reactor

/// Admits commands and gives them to whom they concern.
extension NativeSession {
    func carryOut(_ incoming: Incoming, as identity: Identity) {
        let command = incoming.command
        do throws(Rejection) {
            try charge(command.action, by: identity.principal.user)
            gateway.instruments.commands[command.action].add()
            switch command.action {
            case "hello": hello(incoming, as: identity)
            case "refresh": refresh(incoming, as: identity)
            case "ping":
                incoming.question.answer(.success(["at": .int(gateway.now().milliseconds)]))
            case "join": try join(incoming, as: identity)
            case "leave": try leave(incoming)
            default: try route(incoming, as: identity)
            }
        } catch {
            incoming.question.answer(.failure(error))
        }
    }

    private func route(_ incoming: Incoming, as identity: Identity) throws(Rejection) {
        let command = incoming.command
        // With a topic it is the topic that knows.
        guard command.topic != nil || CommandCatalogue.byAction[command.action] != nil else {
            throw Rejection(.unknownAction, "There is no such action.")
        }
        try gateway.admission.admit(command.action, on: command.topic, for: identity.principal)
        let ask = Ask(
            action: command.action,
            topic: command.topic,
            fields: command.fields,
            key: command.key,
            principal: identity.principal,
            connection: link.id
        )
        gateway.router.submit(ask, .asker(incoming.question, lane: loop))
    }

    private func join(_ incoming: Incoming, as identity: Identity) throws(Rejection) {
        guard let topic = incoming.command.topic else {
            throw Rejection(.badRequest, "join needs a topic.")
        }
        let entry = try ResumeToken.Entry(topic: topic, fields: incoming.command.fields)
        join(entry, as: identity) { outcome in incoming.question.answer(outcome) }
    }

    private func leave(_ incoming: Incoming) throws(Rejection) {
        guard let topic = incoming.command.topic else {
            throw Rejection(.badRequest, "leave needs a topic.")
        }
        let left = subscriptions(of: topic)
        guard !left.isEmpty else {
            throw Rejection(.notJoined, "The connection has not joined that topic.")
        }
        subscriptions.removeAll { $0.topic == topic }
        for subscription in left { leave(subscription, isAbrupt: false) }
        incoming.question.answer(.success([:]))
    }
}
