import CRDT

/// Edits that the hub makes for others: they become updates like everyone's.
extension DocumentLog {
    private static let editorsMaximum = 10_000

    /// The hub's own edits get other ids each time, and further edits are made beside them.
    package static func isMadeAnew(_ command: DocumentCommand) -> Bool {
        switch command {
        case .edit, .restore: true
        case .unless(_, let command): isMadeAnew(command)
        default: false
        }
    }

    func edit(
        _ operations: [DocumentOperation],
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        try edit(request) { edit throws(YEditError) in
            for operation in operations {
                try operation.perform(&edit, on: try operation.target(in: document))
            }
        }
    }

    /// Makes the document read as it did in a version.
    func restore(
        _ version: YUpdate,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        let earlier = YDocument()
        earlier.apply(version)
        let restoration = YRestoration(of: earlier, in: document)
        return try edit(request) { edit throws(YEditError) in try restoration.perform(&edit) }
    }

    /// All of it or nothing. The document has it at once; if it can't be stored, the document is
    /// loaded anew like after every failure.
    private func edit(
        _ request: Request,
        _ work: (inout YEdit) throws(YEditError) -> Void
    ) throws(Rejection) -> Decision<DocumentEvent> {
        let update: [UInt8]?
        do throws(YEditError) {
            update = try document.edit(client: editor(request), work)
        } catch {
            throw Self.rejection(error)
        }
        guard let update else { return Decision() }
        guard let decoded = try? YUpdate(v1: update, limits: .storage) else {
            preconditionFailure("An update that the hub made can be read.")
        }
        return Decision(events: [(request.nextID(), .updated(update, decoded))])
    }

    /// A client id for the user's edits in this document for as long as it is loaded: a fresh one,
    /// since nobody else may ever write under it.
    private func editor(_ request: Request) -> UInt64 {
        let user = request.principal.user
        if let known = body.editors[user] { return known }
        let vector = document.stateVector
        var client: UInt64
        repeat {
            client = Self.mixed(UInt64(bitPattern: request.nextID().number)) & 0xFFFF_FFFF
        } while vector[client: client] != 0 || body.editors.values.contains(client) || client == 0
        if body.editors.count >= Self.editorsMaximum { body.editors.removeAll() }
        body.editors[user] = client
        return client
    }

    /// Spreads an id over all bits (the finaliser of SplitMix64).
    private static func mixed(_ number: UInt64) -> UInt64 {
        var bits = number &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    private static func rejection(_ error: YEditError) -> Rejection {
        switch error {
        case .outOfBounds:
            Rejection(.badRequest, "An index or length is beyond the end.")
        case .insideCharacter:
            Rejection(.badRequest, "An index lies within a character.")
        case .noSuchType: Rejection(.notFound, "There is no such type in the document.")
        case .clientExhausted: .unavailable
        case .documentTooLarge: Rejection(.tooLarge, "The document would become too large.")
        case .tooDeep: Rejection(.badRequest, "A value is nested too deep.")
        }
    }
}
