import Hub
import Reactor

/// One document on a socket of Hocuspocus: nothing but its token is taken before that is accepted.
final class HocuspocusDocument {
    private enum Standing {
        case unknown
        case identifying
        case known(Identity)
        case ended
    }

    unowned let session: HocuspocusSession
    let topic: TopicID
    let address: [UInt8]
    let slot: UInt8
    private let number: UInt64
    private var standing = Standing.unknown
    private var conversation: DocumentConversation?
    private var isReady = false
    /// What came before the token was accepted and the document joined.
    private var waiting = MessageQueue()
    private var expiry = TimerToken.none

    var waitingBytes: Int { waiting.bytes }

    private var gateway: GatewayServices { session.gateway }
    private var admission: Admission { session.gateway.admission }

    init(
        session: HocuspocusSession,
        topic: TopicID,
        address: [UInt8],
        slot: UInt8,
        number: UInt64
    ) {
        self.session = session
        self.topic = topic
        self.address = address
        self.slot = slot
        self.number = number
    }

    /// A message, with the address in front. Throws when the client is too quick.
    func take(_ message: [UInt8], from start: Int) throws(Rejection) {
        var reader = ProtocolReader(message, from: start)
        guard let kind = reader.number() else { return end(saying: "malformed") }
        switch kind {
        case HocuspocusMessage.auth: try takeAuth(&reader)
        case HocuspocusMessage.close:
            session.forget(self)
            end(isAbrupt: false)
        default:
            guard isReady else {
                guard session.hasRoom(for: message), waiting.append(message) else {
                    return end(saying: "too many messages")
                }
                return
            }
            try take(kind, &reader)
        }
    }

    private func take(_ kind: UInt64, _ reader: inout ProtocolReader) throws(Rejection) {
        guard let conversation else { return }
        let most = session.link.settings.pendingMaximum
        guard conversation.given - conversation.settled < most else { throw .busy }
        // A reply to a first step is a sync message too; what an application invents has no
        // meaning here, and what servers tell each other is not for clients.
        let plain = kind == HocuspocusMessage.syncReply ? ProtocolMessage.sync : kind
        guard plain <= ProtocolMessage.queryAwareness else { return }
        if try !conversation.take(plain, &reader) { end(saying: "malformed") }
    }

    // MARK: Who

    private func takeAuth(_ reader: inout ProtocolReader) throws(Rejection) {
        guard reader.number() == 0, let token = reader.text() else {
            return end(saying: "malformed")
        }
        switch standing {
        case .unknown:
            try session.charge("hello", by: "address " + session.visitor.address)
            standing = .identifying
            identify(token)
        case .known(let current):
            try session.charge("refresh", by: current.principal.user)
            identify(token)
        case .identifying, .ended: break
        }
    }

    /// Providers without a token send an empty one, and then the handshake's counts.
    private func identify(_ token: String) {
        let visitor = session.visitor
        Identification.run(
            token: token.isEmpty || admission.isOpen ? visitor.token : token,
            name: visitor.guestName,
            on: session.link
        ) { [self] outcome in
            switch (standing, outcome) {
            case (.ended, _), (.unknown, _): break
            case (_, .failure(let rejection)): deny(rejection)
            case (.identifying, .success(let identity)): identified(identity)
            case (.known(let current), .success(let fresh)): renew(fresh, current)
            }
        }
    }

    private func identified(_ identity: Identity) {
        guard session.count(identity.principal.user) else {
            return deny(Rejection(.limitReached, "Too many connections of that user."))
        }
        do throws(Rejection) {
            try admission.admit("join", on: topic, for: identity.principal)
            try session.charge("join", by: identity.principal.user)
        } catch {
            return deny(error)
        }
        standing = .known(identity)
        watchExpiry(of: identity)
        join(identity.principal)
    }

    private func renew(_ fresh: Identity, _ current: Identity) {
        guard fresh.principal.user == current.principal.user else {
            return deny(Rejection(.forbidden, "The token is another user's."))
        }
        standing = .known(fresh)
        conversation?.member.principal = fresh.principal
        watchExpiry(of: fresh)
        guard (try? admission.admit("join", on: topic, for: fresh.principal)) != nil else {
            return end(saying: "forbidden")
        }
        send(HocuspocusMessage.authenticated(mayWrite: mayWrite(fresh.principal)))
    }

    private func mayWrite(_ principal: Principal) -> Bool {
        (try? admission.admit("update", on: topic, for: principal)) != nil
    }

    private func deny(_ rejection: Rejection) {
        gateway.instruments.rejections[rejection.code.rawValue].add()
        send(HocuspocusMessage.denied(rejection.message))
        session.forget(self)
        end(isAbrupt: false)
    }

    private func watchExpiry(of identity: Identity) {
        session.loop.cancel(expiry)
        guard let ends = identity.ends else { return }
        let left = max(0, ends.milliseconds - gateway.now().milliseconds)
        expiry = session.loop.schedule(after: .milliseconds(left)) { [unowned self] in
            end(saying: "token_expired")
        }
    }

    func revoked(_ isRevoked: (Identity) -> Bool) {
        guard case .known(let identity) = standing, isRevoked(identity) else { return }
        send(HocuspocusMessage.denied("The token was revoked."))
        end(saying: "revoked")
    }

    // MARK: The document

    private func join(_ principal: Principal) {
        let member = DocumentMember(
            topic,
            dialect: .hocuspocus,
            address: address,
            slot: slot,
            number: number,
            link: session.link,
            principal: principal
        ) { [unowned self] _, reason in end(saying: reason) }
        conversation = DocumentConversation(
            member
        ) { [unowned self] action throws(Rejection) in
            try session.charge(action, by: member.principal.user)
        } onOutcome: { [weak self] outcome in
            self?.settle(outcome)
        }
        member.join { [self] outcome in
            switch outcome {
            case .failure(let rejection): deny(rejection)
            case .success(let vector): begin(vector, principal)
            }
        }
    }

    private func begin(_ vector: [UInt8], _ principal: Principal) {
        guard case .known = standing else { return }
        send(HocuspocusMessage.authenticated(mayWrite: mayWrite(principal)))
        conversation?.member.sendStep1(vector)
        conversation?.member.sendAwareness()
        isReady = true
        while let message = waiting.next {
            waiting.removeFirst()
            var reader = ProtocolReader(message, from: address.count)
            guard let kind = reader.number() else { continue }
            do throws(Rejection) {
                try take(kind, &reader)
            } catch {
                // Said before it could be asked to wait: it comes back and says it again.
                return session.link.close(.tryAgain)
            }
        }
    }

    private func settle(_ outcome: DocumentConversation.Outcome) {
        guard conversation != nil else { return }
        switch outcome {
        case .stored: send(HocuspocusMessage.syncStatus(isApplied: true))
        case .readOnly: send(HocuspocusMessage.syncStatus(isApplied: false))
        case .refused(let rejection):
            gateway.instruments.rejections[rejection.code.rawValue].add()
            send(HocuspocusMessage.syncStatus(isApplied: false))
            // It thinks that its edits arrived: after coming back it sends again what is missing.
            if rejection.retry { return session.link.close(.tryAgain) }
            end(saying: rejection.message)
        }
    }

    func sendQuiet() {
        if isReady { send(ProtocolMessage.quiet) }
    }

    func catchUp() {
        conversation?.member.catchUp()
    }

    private func send(_ message: [UInt8]) {
        session.send(address + message)
    }

    /// Ends this document on the socket; the others go on.
    private func end(saying reason: String) {
        guard case .ended = standing else {
            send(HocuspocusMessage.closed(reason))
            session.forget(self)
            return end(isAbrupt: false)
        }
    }

    func end(isAbrupt: Bool) {
        standing = .ended
        isReady = false
        waiting.removeAll()
        session.loop.cancel(expiry)
        conversation?.member.leave(isAbrupt: isAbrupt)
        conversation = nil
    }
}
