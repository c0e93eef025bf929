import CRDT

/// Edits that the hub makes for others: they become updates like everyone's.
extension DocumentLog {
    private static let editorsMaximum = 10_000

    func edit(
        _ operations: [DocumentOperation],
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        try edit(request, isWhole: operations.count == 1) { document, client throws(YEditError) in
            var updates: [[UInt8]] = []
            for operation in operations {
                let type = try operation.target(in: document)
                let update = try document.edit(client: client) { edit throws(YEditError) in
                    try operation.perform(&edit, on: type)
                }
                if let update { updates.append(update) }
            }
            return updates
        }
    }

    /// Makes the document read as it did in a version.
    func restore(
        _ version: YUpdate,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        let earlier = YDocument()
        earlier.apply(version)
        return try edit(request, isWhole: false) { document, client throws(YEditError) in
            try DocumentRestoration(of: earlier, in: document, as: client).updates()
        }
    }

    /// What was done before a failure stays done, so several steps are tried on a copy; what they
    /// make is an update that the document takes like one of a client.
    private func edit(
        _ request: Request,
        isWhole: Bool,
        _ work: (YDocument, UInt64) throws(YEditError) -> [[UInt8]]
    ) throws(Rejection) -> Decision<DocumentEvent> {
        let client = editor(request)
        do throws(YEditError) {
            let updates = try work(isWhole ? document : copy(), client)
            guard !updates.isEmpty else { return Decision() }
            let parts = updates.compactMap { try? YUpdate(v1: $0, limits: .storage) }
            guard parts.count == updates.count else {
                preconditionFailure("An update that the hub made can be read.")
            }
            let update = parts.count == 1 ? parts[0] : YUpdate.merge(parts)
            let bytes = parts.count == 1 ? updates[0] : update.encodedV1()
            return Decision(events: [(request.nextID(), .updated(bytes, update))])
        } catch {
            throw Self.rejection(error)
        }
    }

    private func copy() -> YDocument {
        let copy = YDocument()
        if let state = try? YUpdate(v1: document.encodeStateV1(), limits: .storage) {
            copy.apply(state)
        }
        return copy
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
        case .noSuchType: Rejection(.notFound, "There is no such type in the document.")
        case .clientExhausted: .unavailable
        case .documentTooLarge: Rejection(.tooLarge, "The document would become too large.")
        case .tooDeep: Rejection(.badRequest, "A value is nested too deep.")
        }
    }
}
