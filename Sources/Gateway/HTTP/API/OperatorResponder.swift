import Hub

/// Answers what only operators may ask: those whose token grants `admin` on `hub`.
struct OperatorResponder: Sendable {
    let door: any Door
    let roster: any ConnectionRoster

    func respond(_ builder: AskBuilder) async throws(Problem) -> Answer {
        guard builder.principal.grants.allowByName("admin", on: "hub") else {
            throw Problem(Rejection(.forbidden, "This needs the grant admin on hub."))
        }
        return switch builder.route.work {
        case .revoke: try revoke(builder.body)
        case .listConnections: try await list(builder.query)
        case .endConnection: try await end(builder.values[0])
        case .command, .document, .ingest, .log:
            preconditionFailure("Commands are carried out by their topics.")
        }
    }

    private func revoke(_ body: JSON) throws(Problem) -> Answer {
        do throws(Rejection) {
            switch (body["user"]?.string, body["tokenId"]?.string) {
            case (let user?, nil) where (1...Principal.userBytesMaximum).contains(user.utf8.count):
                try door.revoke(user: user)
            case (nil, let id?) where (1...256).contains(id.utf8.count):
                try door.revoke(tokenID: id)
            default:
                throw Rejection(.badRequest, "A revocation names user or tokenId.")
            }
            return .json([:])
        } catch {
            throw Problem(error)
        }
    }

    private func list(_ query: Query) async throws(Problem) -> Answer {
        let limit = query["limit"].map { Int($0) ?? 0 } ?? 100
        guard (1...1000).contains(limit) else {
            throw Problem(Rejection(.badRequest, "limit is from 1 to 1000."))
        }
        let after = try query["after"].map { text throws(Problem) in try Self.connection(text) }
        // One more than asked for tells whether there is another page.
        let found = await roster.connections(after: after, limit: limit + 1)
        return .json([
            "connections": .array(Array(found.prefix(limit))), "more": .bool(found.count > limit),
        ])
    }

    private func end(_ text: String) async throws(Problem) -> Answer {
        guard await roster.end(try Self.connection(text)) else {
            throw Problem(Rejection(.notFound, "There is no connection of that id."))
        }
        return .json([:])
    }

    private static func connection(_ text: String) throws(Problem) -> ConnectionID {
        guard text.hasPrefix("c-"), let number = UInt64(text.dropFirst(2), radix: 16) else {
            throw Problem(Rejection(.badRequest, "A connection's id is c- and hex digits."))
        }
        return ConnectionID(number)
    }
}

extension Grants {
    /// Rights over the hub itself must be granted by name: `*` means what any user may do.
    func allowByName(_ action: String, on topic: String) -> Bool {
        let named = rules.filter { $0.actions.contains(action) }
        return Grants(rules: named).allow(action, on: topic)
    }
}
