/// Answers what concerns the catalogue as a whole.
struct ProductReader: Sendable {
    let archive: any ProductArchive

    static func answers(_ action: String) -> Bool { action == "products" }

    /// A page of products that the principal may watch; those that are not for sale only for staff.
    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        let fields = Fields(ask.fields)
        let limit = try fields.limit(default: 50, maximum: 200)
        var query = ProductQuery(
            words: try fields.optionalText("q", bytesMaximum: 256),
            category: try fields.optionalText(
                "category",
                bytesMaximum: Product.categoryBytesMaximum
            ),
            includesInactive: try fields.optionalBool("inactive") ?? false,
            after: try fields.optionalString("after"),
            limit: limit + 1
        )
        var found: [ProductSummary] = []
        var isMore = false
        // Bounded: whoever may see next to nothing gets the next page's beginning instead.
        for _ in 0..<10 where found.count < limit {
            let page = try await read(query)
            for entry in page.prefix(limit) where found.count < limit {
                query.after = entry.sku
                if Self.isVisible(entry, to: ask.principal) { found.append(entry) }
            }
            isMore = page.last.map { $0.sku != query.after } ?? false
            if !isMore { break }
        }
        var reply: JSON = ["products": .array(found.map(\.json)), "more": .bool(isMore)]
        if isMore { reply.append("next", .string(query.after ?? "")) }
        return reply
    }

    private static func isVisible(_ entry: ProductSummary, to principal: Principal) -> Bool {
        let topic = "\(TopicKind.product.rawValue):\(entry.sku)"
        if principal.grants.manages(topic) { return true }
        return entry.product.isActive && principal.grants.allow("join", on: topic)
    }

    private func read(_ query: ProductQuery) async throws(Rejection) -> [ProductSummary] {
        do throws(JournalError) {
            return try await archive.products(query)
        } catch {
            throw .unavailable
        }
    }
}
