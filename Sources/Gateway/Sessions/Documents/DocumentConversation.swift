import Hub

/// What a client and the hub say about one document once it has been joined: the part that
/// y-websocket and Hocuspocus have in common.
final class DocumentConversation {
    /// What the dialect makes of the outcome of a client's update.
    enum Outcome {
        /// On the disk, or known already.
        case stored
        /// The client may only read.
        case readOnly
        /// Not stored: the client must not go on as if it were.
        case refused(Rejection)
    }

    let member: DocumentMember
    private let charge: (String) throws(Rejection) -> Void
    private let onOutcome: (Outcome) -> Void
    /// Updates that were given to the document, and how many of them have an outcome.
    private(set) var given = 0
    private(set) var settled = 0

    private var admission: Admission { member.link.desk.gateway.admission }

    /// - Parameter charge: takes what an action costs from the connection's rate.
    init(
        _ member: DocumentMember,
        charge: @escaping (String) throws(Rejection) -> Void,
        onOutcome: @escaping (Outcome) -> Void
    ) {
        self.member = member
        self.charge = charge
        self.onOutcome = onOutcome
    }

    /// Takes a message of sync, awareness or its query. Throws when the client is too quick: then
    /// nothing was done. Other messages, and malformed ones, are answered with false.
    func take(_ kind: UInt64, _ reader: inout ProtocolReader) throws(Rejection) -> Bool {
        switch kind {
        case ProtocolMessage.sync: return try sync(&reader)
        case ProtocolMessage.awareness:
            guard let update = reader.counted() else { return false }
            try takeAwareness(update)
            return true
        case ProtocolMessage.queryAwareness:
            try charge("awareness")
            member.sendAwareness()
            return true
        default: return false
        }
    }

    private func sync(_ reader: inout ProtocolReader) throws(Rejection) -> Bool {
        guard let step = reader.number(), let content = reader.counted() else { return false }
        switch step {
        case ProtocolMessage.step1:
            try charge("sync")
            member.answerStep1(content) { [self] in onOutcome(.refused($0)) }
        case ProtocolMessage.step2, ProtocolMessage.update: try takeUpdate(content)
        default: return false
        }
        return true
    }

    private func may(_ action: String) -> Bool {
        (try? admission.admit(action, on: member.topic, for: member.principal)) != nil
    }

    private func takeUpdate(_ update: [UInt8]) throws(Rejection) {
        let isAllowed = may("update")
        try charge(isAllowed ? "update" : "check")
        // Nothing in it: what a second step says when there is nothing to say.
        guard update != [0, 0] else { return onOutcome(.stored) }
        let fields: JSON = ["data": ["update": .bytes(update)]]
        guard isAllowed else {
            return member.ask("check", fields) { [self] outcome in
                let isCovered = (try? outcome.get())?["covered"]?.bool ?? false
                onOutcome(isCovered ? .stored : .readOnly)
            }
        }
        given += 1
        member.ask("update", fields) { [self] outcome in
            settled += 1
            switch outcome {
            case .failure(let rejection): onOutcome(.refused(rejection))
            case .success(let reply):
                onOutcome(.stored)
                if reply["missing"]?.bool == true, let vector = reply["vector"]?.binary {
                    member.sendStep1(vector)
                }
            }
        }
    }

    private func takeAwareness(_ update: [UInt8]) throws(Rejection) {
        try charge("awareness")
        guard may("awareness") else { return }
        let instruments = member.link.desk.instruments
        member.ask("awareness", ["data": ["update": .bytes(update)]]) { outcome in
            if case .failure(let rejection) = outcome {
                instruments.rejections[rejection.code.rawValue].add()
            }
        }
    }
}
