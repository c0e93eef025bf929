import Hub
import Reactor

/// Who the client is: `hello`, `refresh`, expiry.
extension NativeSession {
    /// The first command decides: `hello` brings a token or a name, others use the handshake's.
    func identify(by incoming: Incoming) {
        let isHello = incoming.command.action == "hello"
        let token = isHello ? incoming.command.fields["token"]?.string : nil
        let name = isHello ? incoming.command.fields["name"]?.string : nil
        do throws(Rejection) {
            // Who guesses tokens pays too; no user's name has a control character.
            try charge("hello", by: "address\u{0}" + visitor.address)
        } catch {
            return incoming.question.answer(.failure(error))
        }
        standing = .identifying
        waiting = [incoming]
        Identification.run(
            token: token ?? visitor.token,
            name: name ?? visitor.guestName,
            on: link
        ) { [self] in identified($0) }
    }

    private func identified(_ outcome: Result<Identity, Rejection>) {
        guard case .identifying = standing else { return }
        let commands = waiting
        waiting = []
        switch outcome {
        case .success(let identity):
            guard (try? gateway.admission.userBegan(identity.principal.user)) != nil else {
                standing = .unknown
                return link.close(.connectionLimit)
            }
            standing = .known(identity)
            // A token is as long as all the rest of an idle session.
            visitor.token = nil
            watchExpiry(of: identity)
            for incoming in commands { carryOut(incoming, as: identity) }
        case .failure(let rejection): refuse(commands, rejection)
        }
    }

    /// The connection lives, as another `hello` may bring a better token; but with one that was
    /// revoked it ends as it would have ended later.
    private func refuse(_ commands: [Incoming], _ rejection: Rejection) {
        standing = .unknown
        for incoming in commands { incoming.question.answer(.failure(rejection)) }
        if rejection == Admission.revokedToken { link.close(.revoked) }
    }

    func hello(_ incoming: Incoming, as identity: Identity) {
        let settings = link.settings
        var reply: JSON = [
            "user": .string(identity.principal.user),
            "guest": .bool(identity.principal.isGuest),
            "connection": .string(link.id.description),
            "ping": .int(settings.pingInterval.milliseconds),
            "limits": [
                "messageBytes": .int(Int64(settings.messageBytesMaximum)),
                "batch": .int(Int64(settings.batchMaximum)),
                "topics": .int(Int64(settings.topicsMaximum)),
            ],
        ]
        if let expires = identity.expires { reply.append("expires", .int(expires.milliseconds)) }
        guard let resume = incoming.command.fields["resume"], !resume.isNull else {
            return incoming.question.answer(.success(reply))
        }
        do throws(Rejection) {
            try self.resume(ResumeToken.entries(resume), as: identity) { resumed in
                reply.append("resumed", .array(resumed))
                incoming.question.answer(.success(reply))
            }
        } catch {
            incoming.question.answer(.failure(error))
        }
    }

    /// A new token for the session that lives: same user, perhaps other grants.
    func refresh(_ incoming: Incoming, as identity: Identity) {
        guard let token = incoming.command.fields["token"]?.string else {
            let rejection = Rejection(.badRequest, "refresh needs a token, a string.")
            return incoming.question.answer(.failure(rejection))
        }
        let question = incoming.question
        Identification.run(token: token, name: nil, on: link) { [self] outcome in
            guard case .known(let current) = standing else { return }
            switch outcome {
            case .failure(let rejection): question.answer(.failure(rejection))
            case .success(let fresh) where fresh.principal.user != current.principal.user:
                let rejection = Rejection(.forbidden, "The token is another user's.")
                question.answer(.failure(rejection))
            case .success(let fresh):
                renew(fresh)
                let expires = fresh.expires.map { JSON.int($0.milliseconds) } ?? .null
                question.answer(.success(["expires": expires]))
            }
        }
    }

    /// Takes the new rights up at once: what is no longer granted ends.
    private func renew(_ identity: Identity) {
        guard case .known(let former) = standing else { return }
        standing = .known(identity)
        watchExpiry(of: identity)
        guard identity.principal != former.principal else { return }
        for subscription in subscriptions {
            let topic = subscription.topic
            if (try? gateway.admission.admit("join", on: topic, for: identity.principal)) == nil {
                endSubscription(subscription, "forbidden")
            } else {
                // What is beyond grants, such as who is in a private room, the topic knows.
                gateway.router.submit(identity.principal, of: link.id, to: topic)
            }
        }
    }

    private func watchExpiry(of identity: Identity) {
        loop.cancel(expiry)
        guard let ends = identity.ends else { return }
        let left = max(0, ends.milliseconds - gateway.now().milliseconds)
        expiry = loop.schedule(after: .milliseconds(left)) { [unowned self] in
            link.close(.tokenExpired)
        }
    }

    /// The user or token was revoked: ends the session when it is this one's.
    func revoked(_ isRevoked: (Identity) -> Bool) {
        guard case .known(let identity) = standing, isRevoked(identity) else { return }
        link.close(.revoked)
    }
}
