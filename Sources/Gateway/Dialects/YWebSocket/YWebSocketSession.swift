import Hub
import Reactor
import WebSocket

/// A client of y-websocket: one document, in binary messages of y-protocols.
final class YWebSocketSession: DialectSession {
    enum Standing {
        /// Who it is must be said in a message.
        case unknown
        case identifying
        case known(Identity)
        case ended
    }

    /// A client of y-sweet asks with this whether what it sent is stored.
    static let syncStatus: UInt64 = 102

    /// Asks for the document's title, which comes under the same number.
    static let title: UInt64 = 103

    let link: WebSocketLink
    let topic: TopicID
    var visitor: Visitor
    var standing = Standing.unknown
    var conversation: DocumentConversation?
    private lazy var intake = Intake(link) { [unowned self] message throws(Rejection) in
        try take(message)
    } sayQuiet: { [unowned self] in
        if isReady { send(ProtocolMessage.quiet) }
    }
    /// The document is joined.
    private var isReady = false
    private var knowsReadOnly = false
    /// What is sent back when so many updates have an outcome.
    private var echoes: [(after: Int, message: [UInt8])] = []
    private var rate = ConnectionRate()
    var deadline = TimerToken.none
    var expiry = TimerToken.none

    private static let echoesMaximum = 1000
    /// A question about what is saved is a number.
    private static let echoBytesMaximum = 64

    var gateway: GatewayServices { link.desk.gateway }
    var loop: EventLoop { link.connection.loop }

    var user: String? {
        if case .known(let identity) = standing { identity.principal.user } else { nil }
    }

    init(link: WebSocketLink, topic: TopicID, visitor: Visitor) {
        self.link = link
        self.topic = topic
        self.visitor = visitor
    }

    func opened() {
        gateway.instruments.sessions["y-websocket"].add(1)
        intake.scheduleQuiet()
        identifyAtFirst()
    }

    func receive(text: Span<UInt8>) throws(Violation) {
        throw Violation(.unsupportedData, "Documents are synchronised in binary")
    }

    func receive(binary: Span<UInt8>) throws(Violation) {
        let message = [UInt8](copying: binary)
        if message.first == UInt8(ProtocolMessage.auth) { return takeAuth(message) }
        intake.receive(message)
    }

    /// The document was joined.
    func begin(_ vector: [UInt8]) {
        tellIfReadOnly()
        conversation?.member.sendStep1(vector)
        conversation?.member.sendAwareness()
        isReady = true
        intake.begin()
    }

    private func take(_ message: [UInt8]) throws(Rejection) {
        guard let conversation else { return }
        var reader = ProtocolReader(message)
        guard let kind = reader.number() else { return }
        if kind == Self.syncStatus { return takeSyncStatus(message, conversation) }
        if kind == Self.title {
            try charge("sync", by: user ?? "")
            return conversation.member.tellTitle()
        }
        guard kind <= ProtocolMessage.queryAwareness else { return }
        guard conversation.given - conversation.settled < link.settings.pendingMaximum else {
            throw .busy
        }
        if try !conversation.take(kind, &reader) { link.close(.badMessage) }
    }

    /// Sent back when all updates before it are on the disk.
    private func takeSyncStatus(_ message: [UInt8], _ conversation: DocumentConversation) {
        guard echoes.count < Self.echoesMaximum, message.count <= Self.echoBytesMaximum else {
            return link.close(.badMessage)
        }
        echoes.append((conversation.given, message))
        sendEchoes()
    }

    private func sendEchoes() {
        guard let conversation else { return }
        while let first = echoes.first, first.after <= conversation.settled {
            echoes.removeFirst()
            conversation.member.send(first.message)
        }
    }

    func settle(_ outcome: DocumentConversation.Outcome) {
        guard conversation != nil else { return }
        switch outcome {
        case .stored: sendEchoes()
        case .readOnly: tellIfReadOnly()
        case .refused(let rejection):
            gateway.instruments.rejections[rejection.code.rawValue].add()
            // It thinks that its edits arrived: after coming back it sends again what is missing.
            if rejection.retry { return link.close(.tryAgain) }
            send(ProtocolMessage.denied(rejection.message))
            link.close(rejection.code == .notFound ? .deleted : .badMessage)
        }
    }

    /// Tells it once to who may only read: stock clients log it, and go on.
    func tellIfReadOnly() {
        guard let principal = conversation?.member.principal else { return }
        let isReadOnly = !may("update", principal)
        if isReadOnly, !knowsReadOnly {
            send(ProtocolMessage.denied("You may only read this document."))
        }
        knowsReadOnly = isReadOnly
    }

    func charge(_ action: String, by user: String) throws(Rejection) {
        try rate.charge(action, by: user, from: visitor.address, gateway)
    }

    func send(_ message: [UInt8]) {
        guard link.connection.isOpen else { return }
        link.sendOwn(FrameEncoder.frame(.binary, message))
    }

    func drained() {
        conversation?.member.catchUp()
    }

    /// The provider comes back by itself when the connection is closed.
    func drain(within window: Duration) {}

    func revoked(_ isRevoked: (Identity) -> Bool) {
        guard case .known(let identity) = standing, isRevoked(identity) else { return }
        link.close(.revoked)
    }

    func ended(isAbrupt: Bool) {
        gateway.instruments.sessions["y-websocket"].add(-1)
        if case .known(let identity) = standing {
            gateway.admission.userEnded(identity.principal.user)
        }
        standing = .ended
        isReady = false
        intake.end()
        echoes = []
        for timer in [deadline, expiry] { loop.cancel(timer) }
        conversation?.member.leave(isAbrupt: isAbrupt)
        conversation = nil
    }
}
