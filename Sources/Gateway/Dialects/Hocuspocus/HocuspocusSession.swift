import Hub
import Reactor
import WebSocket

/// A client of Hocuspocus: many documents on one socket, each with its own token.
final class HocuspocusSession: DialectSession {
    static let documentsMaximum = 100
    /// Of a document's name with what providers add to it: it is repeated in every answer.
    private static let nameBytesMaximum = 1024

    let link: WebSocketLink
    let visitor: Visitor
    /// By what its messages begin with.
    private var documents: [[UInt8]: HocuspocusDocument] = [:]
    private var lastSlot: UInt8 = 0
    private var joins: UInt64 = 0
    private var rate = ConnectionRate()
    /// Messages of all documents.
    private lazy var intake = Intake(link) { [unowned self] message throws(Rejection) in
        try take(message)
    } sayQuiet: { [unowned self] in
        for document in documents.values { document.sendQuiet() }
    }
    private var counted: String?

    var gateway: GatewayServices { link.desk.gateway }
    var loop: EventLoop { link.connection.loop }
    var user: String? { counted }

    init(link: WebSocketLink, visitor: Visitor) {
        self.link = link
        self.visitor = visitor
    }

    func opened() {
        gateway.instruments.sessions["hocuspocus"].add(1)
        intake.scheduleQuiet()
        intake.begin()
    }

    func receive(text: Span<UInt8>) throws(Violation) {
        throw Violation(.unsupportedData, "Documents are synchronised in binary")
    }

    func receive(binary: Span<UInt8>) throws(Violation) {
        let message = [UInt8](copying: binary)
        // A ping has no name in front; its answer has none either.
        if message == [HocuspocusMessage.ping] { return send([HocuspocusMessage.pong]) }
        intake.receive(message)
    }

    private func take(_ message: [UInt8]) throws(Rejection) {
        var reader = ProtocolReader(message)
        guard let name = reader.counted(), (1...Self.nameBytesMaximum).contains(name.count) else {
            return link.close(.badMessage)
        }
        let address = ProtocolMessage.counted(name)
        guard let document = document(name, address) else { return }
        try document.take(message, from: address.count)
    }

    /// The document of that address, made when its first message comes.
    private func document(_ name: [UInt8], _ address: [UInt8]) -> HocuspocusDocument? {
        if let there = documents[address] { return there }
        guard documents.count < Self.documentsMaximum else {
            send(address + HocuspocusMessage.denied("Too many documents on one connection."))
            return nil
        }
        // Newer providers add a session of theirs to the name.
        let plain = name.prefix { $0 != 0 }
        let topic: TopicID
        do throws(Rejection) {
            guard let text = String(validating: plain, as: UTF8.self) else {
                throw Rejection(.badTopic, "A document's name is UTF-8.")
            }
            topic = try TopicID(.doc, text)
        } catch {
            send(address + HocuspocusMessage.denied(error.message))
            return nil
        }
        guard !documents.values.contains(where: { $0.topic == topic }) else {
            send(address + HocuspocusMessage.denied("That document is open here already."))
            return nil
        }
        joins += 1
        let made = HocuspocusDocument(
            session: self,
            topic: topic,
            address: address,
            slot: freeSlot(),
            number: joins
        )
        documents[address] = made
        return made
    }

    private func freeSlot() -> UInt8 {
        repeat {
            lastSlot = lastSlot == .max ? 1 : lastSlot + 1
        } while documents.values.contains { $0.slot == lastSlot }
        return lastSlot
    }

    /// What comes before tokens are accepted is bounded for all documents of a client together.
    func hasRoom(for message: [UInt8]) -> Bool {
        let waiting = documents.values.reduce(0) { $0 + $1.waitingBytes }
        return waiting + message.count <= 2 * link.settings.documentMessageBytesMaximum
    }

    func forget(_ document: HocuspocusDocument) {
        documents[document.address] = nil
    }

    /// Counts the connection under the first user that it speaks for; false when that has too many.
    func count(_ user: String) -> Bool {
        guard counted == nil else { return true }
        guard (try? gateway.admission.userBegan(user)) != nil else { return false }
        counted = user
        return true
    }

    func charge(_ action: String, by user: String) throws(Rejection) {
        try rate.charge(action, by: user, from: visitor.address, gateway)
    }

    func send(_ message: [UInt8]) {
        guard link.connection.isOpen else { return }
        link.sendOwn(FrameEncoder.frame(.binary, message))
    }

    func drained() {
        for document in documents.values { document.catchUp() }
    }

    func drain(within window: Duration) {}

    func revoked(_ isRevoked: (Identity) -> Bool) {
        for document in Array(documents.values) { document.revoked(isRevoked) }
    }

    func ended(isAbrupt: Bool) {
        gateway.instruments.sessions["hocuspocus"].add(-1)
        if let counted { gateway.admission.userEnded(counted) }
        intake.end()
        let left = documents.values
        documents = [:]
        for document in left { document.end(isAbrupt: isAbrupt) }
    }
}
