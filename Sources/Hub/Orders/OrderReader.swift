/// Answers questions about many orders.
struct OrderReader: Sendable {
    let archive: any OrderArchive

    static func answers(_ action: String) -> Bool { action == "orders" }

    /// One's own; of others, and of all, for who manages every order.
    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        let fields = Fields(ask.fields)
        let limit = try fields.limit(default: 50, maximum: 200)
        var query = OrderQuery(before: try fields.optionalRecordID("before"), limit: limit + 1)
        if let text = try fields.optionalString("status") {
            guard let status = OrderStatus(rawValue: text) else {
                throw fields.refusal("status", "must be the status of an order")
            }
            query.status = status
        }
        query.user = try user(ask, fields)
        let found: [OrderSummary]
        do throws(JournalError) {
            found = try await archive.orders(query)
        } catch {
            throw .unavailable
        }
        let shown = found.prefix(limit)
        let isMore = found.count > limit
        var reply: JSON = ["orders": .array(shown.map(\.json)), "more": .bool(isMore)]
        if isMore, let last = shown.last {
            reply.append("next", .string(last.id.description))
        }
        return reply
    }

    private func user(_ ask: Ask, _ fields: Fields) throws(Rejection) -> String? {
        let own = ask.principal.user
        let named = try fields.optionalString("user") ?? own
        if named == own { return own }
        guard ask.principal.managesEveryOrder else {
            throw Rejection(.forbidden, "The orders of others are for who manages them.")
        }
        guard named != "*" else { return nil }
        guard Principal.isUser(named) else { throw fields.refusal("user", "must be a user id") }
        return named
    }
}
