/// Answers questions about committed chat from the archive, after the room has admitted the reader.
package struct ChatReader: Sendable {
    /// Asks a room whether the principal may read in it: the reply to `access`, or a rejection.
    package typealias Admit = @Sendable (TopicID, Principal) async throws(Rejection) -> JSON

    private static let actions: Set<String> = [
        "history", "message", "pins", "thread", "threads", "mentions", "search", "rooms",
    ]

    private let archive: any ChatArchive
    private let admit: Admit

    package init(archive: any ChatArchive, admit: @escaping Admit) {
        self.archive = archive
        self.admit = admit
    }

    /// True for the actions that are asked here and not of a room.
    package static func answers(_ action: String) -> Bool { actions.contains(action) }

    package func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        let fields = Fields(ask.fields)
        switch ask.action {
        case "history": return try await history(ask, fields)
        case "message": return try await message(ask, fields)
        case "pins": return try await pins(ask)
        case "thread": return try await thread(ask, fields)
        case "threads": return try await threads(ask)
        case "mentions": return try await mentions(ask, fields)
        case "search": return try await search(ask, fields)
        case "rooms": return try await rooms(ask, fields)
        default: throw Rejection(.unknownAction, "There is no such question.")
        }
    }

    /// The archive's own words are for the log of whoever serves it, not for clients.
    private func read<Answer: Sendable>(
        _ question: (any ChatArchive) async throws(JournalError) -> Answer
    ) async throws(Rejection) -> Answer {
        do throws(JournalError) {
            return try await question(archive)
        } catch {
            throw .unavailable
        }
    }

    private func history(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let topic = try Self.room(ask)
        let query = HistoryQuery(
            anchor: try Self.anchor(fields),
            limit: try fields.limit(
                default: ChatLimits.pageUsual,
                maximum: ChatLimits.pageMaximum
            ),
            thread: try fields.optionalRecordID("threadId")
        )
        _ = try await admit(topic, ask.principal)
        let page = try await read { archive throws(JournalError) in
            try await archive.history(of: topic, query)
        }
        return ["messages": Self.list(page.messages), "more": Self.more(page)]
    }

    private func message(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let topic = try Self.room(ask)
        let id = try fields.recordID("messageId")
        _ = try await admit(topic, ask.principal)
        return ["message": .raw(try await only(id, in: topic).json)]
    }

    private func pins(_ ask: Ask) async throws(Rejection) -> JSON {
        let topic = try Self.room(ask)
        let access = try await admit(topic, ask.principal)
        let ids = access["pins"]?.strings?.compactMap { RecordID($0) } ?? []
        guard !ids.isEmpty else { return ["messages": []] }
        let messages = try await read { archive throws(JournalError) in
            try await archive.pages(of: ids, in: topic)
        }
        return ["messages": Self.list(messages)]
    }

    private func thread(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let topic = try Self.room(ask)
        let id = try fields.recordID("threadId")
        let query = HistoryQuery(
            anchor: try Self.anchor(fields),
            limit: try fields.limit(
                default: ChatLimits.pageUsual,
                maximum: ChatLimits.pageMaximum
            ),
            thread: id
        )
        _ = try await admit(topic, ask.principal)
        let root = try await only(id, in: topic)
        let page = try await read { archive throws(JournalError) in
            try await archive.history(of: topic, query)
        }
        let facts = try await read { archive throws(JournalError) in
            try await archive.messages([id], in: topic)
        }
        return [
            "root": .raw(root.json),
            "messages": Self.list(page.messages),
            "replyCount": try JSONParser.parse(root.json)["replyCount"] ?? 0,
            "followers": .array((facts.first?.followers ?? []).map(JSON.string)),
            "more": Self.more(page),
        ]
    }

    private func threads(_ ask: Ask) async throws(Rejection) -> JSON {
        let threads = try await read { archive throws(JournalError) in
            try await archive.threads(
                followedBy: ask.principal.user,
                limit: ChatLimits.followedThreads
            )
        }
        let visible = threads.filter { ask.principal.mayJoin($0.topic) }
        return ["threads": .array(visible.map { .raw($0.json) })]
    }

    private func mentions(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let before = try fields.optionalRecordID("before")
        let limit = try Self.hits(fields)
        let page = try await visible(to: ask.principal, before) { before throws(Rejection) in
            try await read { archive throws(JournalError) in
                try await archive.mentions(of: ask.principal.user, before: before, limit: limit)
            }
        }
        return Self.list(page)
    }

    private func search(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        let words = try fields.optionalText("query", bytesMaximum: ChatLimits.queryBytes) ?? ""
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw fields.refusal("query", "is missing")
        }
        var query = SearchQuery(
            words: words,
            user: ask.principal.user,
            topic: ask.topic == nil ? nil : try Self.room(ask),
            author: try fields.optionalUser("by"),
            before: try fields.optionalRecordID("before"),
            limit: try Self.hits(fields)
        )
        if let topic = query.topic { _ = try await admit(topic, ask.principal) }
        let page = try await visible(to: ask.principal, query.before) { before throws(Rejection) in
            query.before = before
            return try await read { [query] archive throws(JournalError) in
                try await archive.search(query)
            }
        }
        return Self.list(page)
    }

    /// The first page that has hits in rooms that the principal's grants let it join. Bounded: who
    /// may see next to nothing is not searched for without end.
    private func visible(
        to principal: Principal,
        _ start: RecordID?,
        _ fetch: (RecordID?) async throws(Rejection) -> SearchPage
    ) async throws(Rejection) -> SearchPage {
        var before = start
        for _ in 0..<Self.pagesMaximum {
            var page = try await fetch(before)
            before = page.hits.last?.message.id
            page.hits.removeAll { !principal.mayJoin($0.topic) }
            if !page.hits.isEmpty || !page.more || before == nil { return page }
        }
        return SearchPage(hits: [], more: false)
    }

    private static let pagesMaximum = 10

    private func rooms(_ ask: Ask, _ fields: Fields) async throws(Rejection) -> JSON {
        var scope = RoomQuery.Scope.mine
        if let name = try fields.optionalString("scope") {
            guard let named = RoomQuery.Scope(rawValue: name) else {
                throw fields.refusal("scope", "must be mine or public")
            }
            scope = named
        }
        var after: String?
        if let topic = try fields.optionalString("after") { after = try TopicID(topic).text }
        let limit = try fields.limit(
            default: ChatLimits.pageUsual,
            maximum: ChatLimits.pageMaximum
        )
        var page = RoomPage(rooms: [], more: false)
        for _ in 0..<Self.pagesMaximum {
            let query = RoomQuery(
                user: ask.principal.user,
                scope: scope,
                after: after,
                limit: limit
            )
            page = try await read { archive throws(JournalError) in
                try await archive.rooms(query)
            }
            after = page.rooms.last?.topic
            page.rooms.removeAll { !ask.principal.mayJoin($0.topic) }
            if !page.rooms.isEmpty || !page.more || after == nil { break }
        }
        let isMore = page.more && !page.rooms.isEmpty
        return ["rooms": .array(page.rooms.map { .raw($0.json) }), "more": .bool(isMore)]
    }

    private func only(_ id: RecordID, in topic: TopicID) async throws(Rejection) -> StoredMessage {
        let messages = try await read { archive throws(JournalError) in
            try await archive.pages(of: [id], in: topic)
        }
        guard let message = messages.first else {
            throw Rejection(.notFound, "There is no such message in this room.")
        }
        return message
    }
}

extension ChatReader {
    private static func room(_ ask: Ask) throws(Rejection) -> TopicID {
        guard let topic = ask.topic else { throw Rejection(.badRequest, "topic: is missing.") }
        guard topic.kind == .room else { throw Rejection(.badTopic, "topic: must be a room.") }
        return topic
    }

    private static func anchor(_ fields: Fields) throws(Rejection) -> HistoryQuery.Anchor {
        let before = try fields.optionalRecordID("before")
        let after = try fields.optionalRecordID("after")
        let around = try fields.optionalRecordID("around")
        switch (before, after, around) {
        case (nil, nil, nil): return .latest
        case (let id?, nil, nil): return .before(id)
        case (nil, let id?, nil): return .after(id)
        case (nil, nil, let id?): return .around(id)
        default: throw Rejection(.badRequest, "Only one of before, after and around may be given.")
        }
    }

    private static func hits(_ fields: Fields) throws(Rejection) -> Int {
        try fields.limit(default: ChatLimits.hitsUsual, maximum: ChatLimits.hitsMaximum)
    }

    private static func list(_ messages: [StoredMessage]) -> JSON {
        .array(messages.map { .raw($0.json) })
    }

    private static func list(_ page: SearchPage) -> JSON {
        let hits = page.hits.map { hit -> JSON in
            [
                "topic": .string(hit.topic),
                "message": .raw(hit.message.json),
                "snippet": .string(hit.snippet),
            ]
        }
        return ["hits": .array(hits), "more": .bool(page.more)]
    }

    private static func more(_ page: HistoryPage) -> JSON {
        ["before": .bool(page.moreBefore), "after": .bool(page.moreAfter)]
    }
}
