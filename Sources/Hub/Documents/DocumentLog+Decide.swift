import CRDT

/// What a document answers, and what it lets happen.
extension DocumentLog {
    package func decide(
        _ command: DocumentCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        if case .create(let title) = command { return try create(title, request) }
        guard !isDeleted else { throw Rejection(.notFound, "The document was deleted.") }
        switch command {
        case .create: return Decision()
        case .rename(let title): return rename(title, request)
        case .access(let wantsState, let wantsVector):
            return Decision(reply: describe(wantsState: wantsState, wantsVector: wantsVector))
        case .update(let bytes, let update): return try take(bytes, update, request)
        case .check(let update):
            return Decision(reply: ["covered": .bool(document.covers(update))])
        case .edit(let operations): return try edit(operations, request)
        case .sync(let known):
            return Decision(
                reply: [
                    "update": .bytes(document.encodeStateV1(since: known)),
                    "vector": .bytes(document.stateVector.encoded()),
                ]
            )
        case .state(let isSecondFormat, let since):
            return Decision(reply: state(isSecondFormat, since, request))
        case .content(let root, let form):
            var reply: JSON = ["root": .string(root)]
            reply.append("content", try DocumentContent(document).read(root, as: form))
            append(request.position, to: &reply)
            return Decision(reply: reply)
        case .unless(let known, let question):
            // Not under the name of a position, which would become a later one's.
            if let position = request.position, known.contains(position) {
                return Decision(reply: ["unchanged": .string(position.description)])
            }
            return try decide(question, request)
        case .inspect: return Decision(reply: inspect(request))
        case .authors(nil): return Decision(reply: ["authors": .array(authors)])
        case .authors(let root?):
            var reply: JSON = ["root": .string(root), "runs": .array(runs(of: root))]
            append(request.position, to: &reply)
            return Decision(reply: reply)
        case .restore(let update): return try restore(update, request)
        case .saveVersion(let name, let isFull):
            return try saveVersion(named: name, isFull: isFull, request)
        case .removeVersion(let id, let isKnown):
            return try removeVersion(id, isKnown: isKnown, request)
        case .delete: return try delete(request)
        }
    }

    private func create(
        _ title: String,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        guard created == nil || isDeleted else {
            throw Rejection(.conflict, "There is a document of that name.")
        }
        return Decision(events: [(request.nextID(), .created(title: title))])
    }

    /// Of what isn't there yet, its creation: like all writing.
    private func rename(_ title: String, _ request: Request) -> Decision<DocumentEvent> {
        guard title != self.title else { return Decision() }
        let event: DocumentEvent =
            created == nil ? .created(title: title) : .renamed(title: title)
        return Decision(events: [(request.nextID(), event)])
    }

    private func delete(_ request: Request) throws(Rejection) -> Decision<DocumentEvent> {
        guard created != nil else { throw Rejection(.notFound, "There is no such document.") }
        return Decision(events: [(request.nextID(), .deleted)], closing: "deleted")
    }

    /// Checked whole before anything is stored; what says nothing that isn't known is not stored.
    private func take(
        _ bytes: [UInt8],
        _ update: YUpdate,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        guard !document.covers(update) else { return Decision() }
        do throws(YDecodingError) {
            try document.validate(update)
        } catch {
            throw Rejection(.tooLarge, "The document does not take that update: \(error).")
        }
        return Decision(events: [(request.nextID(), .updated(bytes, update))])
    }

    private func describe(wantsState: Bool, wantsVector: Bool) -> JSON {
        var reply: JSON = ["title": .string(title)]
        if wantsVector { reply.append("vector", .bytes(document.stateVector.encoded())) }
        if wantsState { reply.append("state", .bytes(document.encodeStateV1())) }
        return reply
    }

    private func state(
        _ isSecondFormat: Bool,
        _ since: YStateVector?,
        _ request: Request
    ) -> JSON {
        let bytes =
            isSecondFormat
            ? document.encodeStateV2(since: since) : document.encodeStateV1(since: since)
        var reply: JSON = [
            "state": .bytes(bytes), "vector": .bytes(document.stateVector.encoded()),
            "exists": .bool(created != nil),
        ]
        append(request.position, to: &reply)
        return reply
    }

    private func inspect(_ request: Request) -> JSON {
        let figures = document.statistics
        var reply: JSON = [
            "title": .string(title),
            "exists": .bool(created != nil),
            "createdAt": created.map { .int($0.at.milliseconds) } ?? .null,
            "createdBy": created.map { .string($0.by) } ?? .null,
            "roots": .array(document.rootNames.map { .string($0) }),
            "structs": .int(Int64(figures.structs)),
            "deletedStructs": .int(Int64(figures.deletedStructs)),
            "clients": .int(Int64(figures.clients)),
            "memoryBytes": .int(Int64(figures.bytes)),
            "pendingStructs": .int(Int64(figures.pendingStructs)),
            "pendingBytes": .int(Int64(figures.pendingBytes)),
            "pendingRanges": .int(Int64(figures.pendingRanges)),
            "stateBytes": .int(Int64(document.encodeStateV2().count)),
        ]
        append(request.position, to: &reply)
        return reply
    }

    /// Everything that is stored up to there is in the answer.
    private func append(_ position: Position?, to reply: inout JSON) {
        guard let position else { return }
        reply.append("position", .string(position.description))
    }
}
