/// Versions: a record says that there is one, and the log before it what it is.
extension DocumentLog {
    /// - Parameter isFull: There are as many named ones as there may be.
    func saveVersion(
        named name: String?,
        isFull: Bool,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        guard created != nil else { throw Rejection(.notFound, "There is no such document.") }
        guard !isFull else {
            throw Rejection(.limitReached, "The document has as many named versions as it may.")
        }
        let id = request.nextID()
        let version = DocumentVersion(
            id: id,
            name: name,
            at: request.at,
            author: request.principal.user,
            offset: 0
        )
        return Decision(events: [(id, .versionSaved(id, name: name))], reply: version.json)
    }

    /// - Parameter isKnown: There is one of that id.
    func removeVersion(
        _ id: RecordID,
        isKnown: Bool,
        _ request: Request
    ) throws(Rejection) -> Decision<DocumentEvent> {
        guard isKnown else { throw Rejection(.notFound, "There is no such version.") }
        return Decision(events: [(request.nextID(), .versionRemoved(id))])
    }

    /// Of the version that a record saved. Of a forgotten one the name isn't known any more.
    static func describe(version record: Record) -> JSON {
        let known = DocumentVersion(record)
        let forgotten = DocumentVersion(
            id: record.id,
            name: nil,
            at: record.at,
            author: record.author,
            offset: record.offset
        )
        return (known ?? forgotten).json
    }
}
