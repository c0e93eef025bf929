/// Answers what concerns documents beyond the one that is loaded: their list, and their versions.
struct DocumentReader: Sendable {
    /// Asks a document something, as the principal.
    typealias Inquiry =
        @Sendable (
            _ action: String, _ document: TopicID, _ fields: JSON, _ principal: Principal
        ) async throws(Rejection) -> JSON

    let archive: any DocumentArchive
    let maker: VersionMaker
    let inquire: Inquiry

    private static let actions: Set<String> = [
        "documents", "versions", "version", "saveVersion", "removeVersion", "restore", "diff",
    ]

    static func answers(_ action: String) -> Bool { actions.contains(action) }

    /// Whether that is a command that it gives to a document, and no question.
    static func changes(_ action: String) -> Bool {
        action == "restoreState" || action == "saveVersion" || action == "removeVersion"
    }

    init(archive: any DocumentArchive, maker: VersionMaker, inquire: @escaping Inquiry) {
        self.archive = archive
        self.maker = maker
        self.inquire = inquire
    }

    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        let fields = Fields(ask.fields)
        if ask.action == "documents" { return try await documents(ask, fields) }
        guard let document = ask.topic, document.kind == .doc else {
            throw Rejection(.badTopic, "That needs the topic of a document.")
        }
        switch ask.action {
        case "versions": return try await versions(of: document, ask, fields)
        case "version": return try await version(of: document, ask, fields)
        case "saveVersion": return try await save(document, ask)
        case "removeVersion": return try await remove(document, ask, fields)
        case "restore": return try await restore(document, ask, fields)
        case "diff": return try await difference(document, ask, fields)
        default: throw Rejection(.unknownAction, "There is no such action.")
        }
    }

    /// Those that the principal may join.
    private func documents(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let limit = try fields.limit(default: 50, maximum: 200)
        var after = try fields.optionalString("after")
        var found: [DocumentSummary] = []
        // Bounded: whoever may see next to nothing gets the next page's beginning instead.
        for _ in 0..<10 where found.count <= limit {
            let page = try await stored { () async throws(JournalError) in
                try await archive.documents(after: after, limit: limit + 1)
            }
            found += page.filter {
                ask.principal.grants.allow("join", on: "\(TopicKind.doc.rawValue):\($0.name)")
            }
            after = page.last?.name
            if page.count <= limit {
                after = nil
                break
            }
        }
        let shown = found.prefix(limit)
        let isMore = found.count > limit || after != nil
        var reply: JSON = [
            "documents": .array(shown.map(\.json)), "more": .bool(isMore),
        ]
        if isMore {
            let next = found.count > limit ? shown.last?.name : after
            reply.append("next", .string(next ?? ""))
        }
        return reply
    }

    private func versions(
        of document: TopicID,
        _ ask: Ask,
        _ fields: Fields
    ) async throws(Rejection) -> JSON {
        _ = try await inquire("access", document, [:], ask.principal)
        let limit = try fields.limit(default: 50, maximum: 200)
        let before = try fields.optionalRecordID("before")
        let page = try await stored { () async throws(JournalError) in
            try await archive.versions(of: document, before: before, limit: limit + 1)
        }
        return [
            "versions": .array(page.prefix(limit).map(\.json)), "more": .bool(page.count > limit),
        ]
    }

    private func version(
        of document: TopicID,
        _ ask: Ask,
        _ fields: Fields
    ) async throws(Rejection) -> JSON {
        _ = try await inquire("access", document, [:], ask.principal)
        let version = try await find(document, fields)
        var reply = version.json
        if let root = try fields.optionalString("root") {
            let form = try DocumentContent.Form(ask.fields["as"])
            reply.append("root", .string(root))
            reply.append("content", try DocumentContent(state: version.state).read(root, as: form))
        } else {
            reply.append("state", .bytes(version.state))
        }
        return reply
    }

    private func save(_ document: TopicID, _ ask: Ask) async throws(Rejection) -> JSON {
        let most = DocumentVersion.namedMaximum + DocumentVersion.automaticMaximum
        let existing = try await stored { () async throws(JournalError) in
            try await archive.versions(of: document, before: nil, limit: most)
        }
        let named = existing.count { $0.name != nil }
        let name = ask.fields["data"]?["name"] ?? .null
        var reply = try await inquire(
            "saveVersion",
            document,
            [
                "data": ask.fields["data"] ?? .null,
                "full": .bool(named >= DocumentVersion.namedMaximum),
            ],
            ask.principal
        )
        // Of a repeated command the record may be forgotten, and with it the name.
        if reply["name"]?.isNull == true {
            reply.replace("name", with: name)
            reply.replace("automatic", with: false)
        }
        // Should that fail, it is made when somebody reads it.
        if let id = reply["versionId"]?.recordID { _ = try? await maker.version(id, of: document) }
        return reply
    }

    private func remove(
        _ document: TopicID,
        _ ask: Ask,
        _ fields: Fields
    ) async throws(Rejection) -> JSON {
        let id = try fields.recordID("versionId")
        let next = id.number < .max ? RecordID(id.number + 1) : nil
        let known = try await stored { () async throws(JournalError) in
            try await archive.versions(of: document, before: next, limit: 1).first
        }
        return try await inquire(
            "removeVersion",
            document,
            ["versionId": .string(id.description), "known": .bool(known?.id == id)],
            ask.principal
        )
    }

    /// As new edits, so that what others write meanwhile is not lost, and the history goes on.
    private func restore(
        _ document: TopicID,
        _ ask: Ask,
        _ fields: Fields
    ) async throws(Rejection) -> JSON {
        let version = try await find(document, fields)
        let state: JSON = ["state": .bytes(version.state)]
        return try await inquire("restoreState", document, state, ask.principal)
    }

    /// What changed in a text from a version to another, or to now.
    private func difference(
        _ document: TopicID,
        _ ask: Ask,
        _ fields: Fields
    ) async throws(Rejection) -> JSON {
        let earlier = try await find(document, fields)
        let later: [UInt8]
        if let id = try fields.optionalRecordID("to") {
            _ = try await inquire("access", document, [:], ask.principal)
            later = try await find(document, id).state
        } else {
            let now = try await inquire("state", document, ["format": "v2"], ask.principal)
            later = now["state"]?.binary ?? []
        }
        let (before, after) = (
            try DocumentContent(state: earlier.state), try DocumentContent(state: later)
        )
        let roots = try fields.optionalString("root").map { [$0] } ?? before.roots(and: after)
        var changes: [JSON] = []
        for root in roots {
            let lines = TextDifference.lines(from: before.text(root), to: after.text(root))
            changes.append([
                "root": .string(root),
                "changed": .bool(before.isEqual(after, root) == false),
                "text": .array(lines.filter { !$0.text.isEmpty }.map(\.json)),
            ])
        }
        return ["roots": .array(changes)]
    }

    private func find(
        _ document: TopicID,
        _ fields: Fields
    ) async throws(Rejection) -> DocumentVersion {
        try await find(document, try fields.recordID("versionId"))
    }

    private func find(
        _ document: TopicID,
        _ id: RecordID
    ) async throws(Rejection) -> DocumentVersion {
        let found = try await stored { () async throws(JournalError) in
            try await maker.version(id, of: document)
        }
        guard let found else { throw Rejection(.notFound, "There is no such version.") }
        return found
    }

    private func stored<Value: Sendable>(
        _ work: () async throws(JournalError) -> Value
    ) async throws(Rejection) -> Value {
        do throws(JournalError) {
            return try await work()
        } catch {
            throw .unavailable
        }
    }
}
