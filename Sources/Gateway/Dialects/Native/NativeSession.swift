import Hub
import Reactor
import WebSocket

/// One client of the native protocol: decodes its commands, admits them, and sends what comes back.
final class NativeSession: DialectSession {
    /// Who is there: found out by the first command.
    enum Standing {
        case unknown
        /// Asked; commands that come meanwhile wait.
        case identifying
        case known(Identity)
        case ended
    }

    let link: WebSocketLink
    let dialect: NativeDialect
    var visitor: Visitor
    var standing = Standing.unknown
    var waiting: [Incoming] = []
    var subscriptions: [Subscription] = []
    /// How many joins there were, and the slot that the last of them got.
    var joins: UInt64 = 0
    var lastSlot: UInt8 = 0
    /// Whose turn it is to catch up first.
    private var catchUpTurn = 0
    var expiry = TimerToken.none
    private(set) var pending = 0
    private var malformedInARow = 0
    private var rate = ConnectionRate()

    /// A command with its place in a batch.
    struct Incoming {
        let command: NativeCommand
        let question: NativeQuestion
    }

    var user: String? {
        if case .known(let identity) = standing { identity.principal.user } else { nil }
    }

    var gateway: GatewayServices { link.desk.gateway }
    var loop: EventLoop { link.connection.loop }

    init(link: WebSocketLink, dialect: NativeDialect, visitor: Visitor) {
        self.link = link
        self.dialect = dialect
        self.visitor = visitor
    }

    func opened() {
        gateway.instruments.sessions["native"].add(1)
    }

    func receive(text: Span<UInt8>) throws(Violation) {
        let parsed: Result<JSON, Rejection> = text.withUnsafeBufferPointer { bytes in
            do throws(Rejection) {
                return .success(try JSONParser.parse(bytes))
            } catch {
                return .failure(error)
            }
        }
        switch parsed {
        case .failure(let rejection): refuse(id: nil, rejection)
        case .success(.array(let commands)): receive(batch: commands)
        case .success(let command): receive(command, batch: nil, index: 0)
        }
    }

    func receive(binary: Span<UInt8>) throws(Violation) {
        throw Violation(.unsupportedData, "The native protocol is text")
    }

    private func receive(batch commands: [JSON]) {
        guard (1...link.settings.batchMaximum).contains(commands.count) else {
            let most = link.settings.batchMaximum
            return refuse(id: nil, Rejection(.tooLarge, "A batch has 1 to \(most) commands."))
        }
        let batch = NativeBatch(count: commands.count)
        for (index, command) in commands.enumerated() {
            receive(command, batch: batch, index: index)
        }
    }

    private func receive(_ json: JSON, batch: NativeBatch?, index: Int) {
        pending += 1
        do throws(Rejection) {
            let command = try NativeCommand(json)
            let question = NativeQuestion(self, id: command.id, batch: batch, index: index)
            malformedInARow = 0
            guard pending <= link.settings.pendingMaximum else {
                return question.answer(.failure(.busy))
            }
            take(Incoming(command: command, question: question))
        } catch {
            noteMalformed()
            reply(id: NativeCommand.id(of: json), .failure(error), batch: batch, index: index)
        }
    }

    private func take(_ incoming: Incoming) {
        switch standing {
        case .known(let identity): carryOut(incoming, as: identity)
        case .identifying: waiting.append(incoming)
        case .unknown: identify(by: incoming)
        case .ended: break
        }
    }

    func charge(_ action: String, by user: String) throws(Rejection) {
        try rate.charge(action, by: user, from: visitor.address, gateway)
    }

    /// Sends a reply, or notes it in its batch. Commands without an id hear only of refusals.
    func reply(id: JSON?, _ outcome: Result<JSON, Rejection>, batch: NativeBatch?, index: Int) {
        pending -= 1
        var text: [UInt8] = []
        if case .failure(let rejection) = outcome {
            gateway.instruments.rejections[rejection.code.rawValue].add()
            text = NativeReply.text(id: id, outcome)
        } else if id != nil {
            text = NativeReply.text(id: id, outcome)
        }
        if let batch {
            if !batch.hasRoom(for: text) {
                let crowded = RejectionCode.tooLarge
                gateway.instruments.rejections[crowded.rawValue].add()
                let rejection = Rejection(crowded, "The batch's replies are too large; ask alone.")
                text = NativeReply.text(id: id, .failure(rejection))
            }
            guard let whole = batch.fill(index, text) else { return }
            text = whole
        }
        send(text)
    }

    func send(_ text: [UInt8]) {
        guard !text.isEmpty, link.connection.isOpen else { return }
        var frame: [UInt8] = []
        frame.reserveCapacity(text.count + 10)
        dialect.append(text, to: &frame)
        link.sendOwn(frame)
    }

    /// What was not even a command.
    private func refuse(id: JSON?, _ rejection: Rejection) {
        pending += 1
        noteMalformed()
        reply(id: id, .failure(rejection), batch: nil, index: 0)
    }

    private func noteMalformed() {
        malformedInARow += 1
        if malformedInARow >= link.settings.errorsMaximum { link.close(.tooManyErrors) }
    }

    /// Begins with another topic each time, so that none waits for one that never catches up.
    func drained() {
        let behind = subscriptions.filter(\.isBehind)
        guard !behind.isEmpty else { return }
        catchUpTurn = (catchUpTurn + 1) % behind.count
        for subscription in behind[catchUpTurn...] + behind[..<catchUpTurn] {
            subscription.catchUp()
        }
    }

    func ended(isAbrupt: Bool) {
        gateway.instruments.sessions["native"].add(-1)
        if case .known(let identity) = standing {
            gateway.admission.userEnded(identity.principal.user)
        }
        standing = .ended
        waiting = []
        loop.cancel(expiry)
        let left = subscriptions
        subscriptions = []
        for subscription in left { leave(subscription, isAbrupt: isAbrupt) }
    }
}
