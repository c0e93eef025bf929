/// Answers what concerns many items, or an item's past.
struct StockReader: Sendable {
    let archive: any StockArchive
    let journal: any Journal

    static func answers(_ action: String) -> Bool { action == "items" || action == "moves" }

    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        ask.action == "items" ? try await items(ask) : try await moves(ask)
    }

    /// Those that the principal may watch.
    private func items(_ ask: Ask) async throws(Rejection) -> JSON {
        let fields = Fields(ask.fields)
        let limit = try fields.limit(default: 50, maximum: 200)
        var after = try fields.optionalString("after")
        var found: [StockSummary] = []
        var isMore = false
        // Bounded: whoever may see next to nothing gets the next page's beginning instead.
        for _ in 0..<10 where found.count < limit {
            let page = try await stored { () async throws(JournalError) in
                try await archive.items(after: after, limit: limit + 1)
            }
            let grants = ask.principal.grants
            for item in page.prefix(limit) where found.count < limit {
                after = item.sku
                let topic = "\(TopicKind.item.rawValue):\(item.sku)"
                if grants.allow("join", on: topic) || grants.manages(topic) { found.append(item) }
            }
            isMore = page.last.map { $0.sku != after } ?? false
            if !isMore { break }
        }
        var reply: JSON = ["items": .array(found.map(\.json)), "more": .bool(isMore)]
        if isMore { reply.append("next", .string(after ?? "")) }
        return reply
    }

    /// An item's records, the newest first: who did what, and how much there was then.
    private func moves(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let item = ask.topic, item.kind == .item else {
            throw Rejection(.badTopic, "That needs the topic of an item.")
        }
        guard ask.principal.grants.manages(item.text) else {
            throw Rejection(.forbidden, "That is for staff: it needs a grant of manage.")
        }
        let fields = Fields(ask.fields)
        let limit = try fields.limit(default: 50, maximum: 200)
        var end = Offset.max
        if fields.has("after") {
            end = Offset(try fields.int("after", in: 1...Int64.max)) - 1
        }
        let records = try await stored { () async throws(JournalError) in
            let last = min(end, try await journal.head(of: item).offset)
            let count = min(last, Offset(limit))
            guard count > 0 else { return [Record]() }
            return try await journal.read(item, after: last - count, limit: Int(count))
        }
        return [
            "moves": .array(records.reversed().map(Self.describe)),
            "more": .bool((records.first?.offset ?? 0) > 1),
        ]
    }

    private static func describe(_ record: Record) -> JSON {
        [
            "version": .int(Int64(clamping: record.offset)), "event": .string(record.type),
            "at": .int(record.at.milliseconds), "by": .string(record.author),
            "data": .raw(record.json),
        ]
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
