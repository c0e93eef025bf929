import Hub
import Reactor

/// Who the client is: by the handshake's token, or by a message.
extension YWebSocketSession {
    func identifyAtFirst() {
        let hadToken = visitor.token != nil
        identify(visitor.token) { [self] rejection in
            if hadToken { return refuse(rejection) }
            // It may still say it.
            standing = .unknown
            deadline = loop.schedule(after: link.settings.authTimeout) { [unowned self] in
                refuse(rejection)
            }
        }
    }

    private func identify(_ token: String?, _ onFailure: @escaping (Rejection) -> Void) {
        do throws(Rejection) {
            // Who guesses tokens pays too; no user's name has a space.
            try charge("hello", by: "address " + visitor.address)
        } catch {
            return refuse(error)
        }
        standing = .identifying
        Identification.run(token: token, name: visitor.guestName, on: link) { [self] outcome in
            guard case .identifying = standing else { return }
            switch outcome {
            case .success(let identity): identified(identity)
            case .failure(let rejection): onFailure(rejection)
            }
        }
    }

    private func identified(_ identity: Identity) {
        loop.cancel(deadline)
        guard (try? gateway.admission.userBegan(identity.principal.user)) != nil else {
            standing = .unknown
            return link.close(.connectionLimit)
        }
        standing = .known(identity)
        visitor.token = nil
        watchExpiry(of: identity)
        do throws(Rejection) {
            try gateway.admission.admit("join", on: topic, for: identity.principal)
            try charge("join", by: identity.principal.user)
        } catch {
            return refuse(error)
        }
        join(as: identity.principal)
    }

    private func join(as principal: Principal) {
        let member = DocumentMember(
            topic,
            dialect: .yWebSocket,
            address: [],
            slot: 1,
            number: 1,
            link: link,
            principal: principal
        ) { [unowned self] _, reason in
            send(ProtocolMessage.denied(reason))
            link.close(reason == "deleted" ? .deleted : .forbidden)
        }
        conversation = DocumentConversation(
            member
        ) { [unowned self] action throws(Rejection) in
            try charge(action, by: user ?? "")
        } onOutcome: { [weak self] outcome in
            self?.settle(outcome)
        }
        member.join { [self] outcome in
            switch outcome {
            case .success(let vector): begin(vector)
            case .failure(let rejection): refuse(rejection)
            }
        }
    }

    /// A token in a message: the first, or a fresh one for the same user.
    func takeAuth(_ message: [UInt8]) {
        var reader = ProtocolReader(message)
        guard reader.number() == ProtocolMessage.auth, reader.number() == 0,
            let token = reader.text()
        else { return link.close(.badMessage) }
        switch standing {
        case .unknown: identify(token) { [self] in refuse($0) }
        case .known(let current): refresh(token, current)
        case .identifying, .ended: break
        }
    }

    func may(_ action: String, _ principal: Principal) -> Bool {
        (try? gateway.admission.admit(action, on: topic, for: principal)) != nil
    }

    private func refresh(_ token: String, _ current: Identity) {
        guard (try? charge("refresh", by: current.principal.user)) != nil else { return }
        Identification.run(token: token, name: nil, on: link) { [self] outcome in
            guard case .known(let current) = standing else { return }
            switch outcome {
            case .failure(let rejection): send(ProtocolMessage.denied(rejection.message))
            case .success(let fresh) where fresh.principal.user != current.principal.user:
                send(ProtocolMessage.denied("The token is another user's."))
            case .success(let fresh):
                standing = .known(fresh)
                conversation?.member.principal = fresh.principal
                watchExpiry(of: fresh)
                guard may("join", fresh.principal) else { return link.close(.forbidden) }
                tellIfReadOnly()
            }
        }
    }

    /// The client's library only logs the reason; the close code says whether to come back.
    private func refuse(_ rejection: Rejection) {
        gateway.instruments.rejections[rejection.code.rawValue].add()
        send(ProtocolMessage.denied(rejection.message))
        link.close(Disconnect(refusing: rejection))
    }

    private func watchExpiry(of identity: Identity) {
        loop.cancel(expiry)
        guard let ends = identity.ends else { return }
        let left = max(0, ends.milliseconds - gateway.now().milliseconds)
        expiry = loop.schedule(after: .milliseconds(left)) { [unowned self] in
            link.close(.tokenExpired)
        }
    }
}

extension Disconnect {
    /// How a connection ends that can't be without what was refused.
    init(refusing rejection: Rejection) {
        self =
            switch rejection.code {
            case .tokenExpired: .tokenExpired
            case .unauthorized: rejection == Admission.revokedToken ? .revoked : .badToken
            case .forbidden: .forbidden
            case .notFound: .deleted
            default: rejection.retry ? .tryAgain : .badMessage
            }
    }
}
