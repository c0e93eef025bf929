/// Lists of products made from an in-memory journal: for tests.
package final class InMemoryProductArchive: ProductArchive {
    private let journal: InMemoryJournal?

    package init(journal: InMemoryJournal? = nil) {
        self.journal = journal
    }

    package func products(
        _ query: ProductQuery
    ) async throws(JournalError) -> [ProductSummary] {
        guard let journal else { return [] }
        let topics = journal.topics.filter {
            $0.kind == .product && $0.name > (query.after ?? "")[...]
        }
        var found: [ProductSummary] = []
        for topic in topics.sorted(by: { $0.name < $1.name }) where found.count < query.limit {
            let sku = String(topic.name)
            guard let last = try await journal.read(topic, after: 0, limit: .max).last,
                let event = ProductEvent(type: last.type, payload: last.payload),
                Self.matches(event.product, sku, query)
            else { continue }
            let stock = try await stock(of: sku, in: journal)
            found.append(
                ProductSummary(
                    sku: sku,
                    product: event.product,
                    version: Int64(clamping: last.offset),
                    updatedAt: last.at,
                    available: stock.available,
                    stockVersion: stock.version
                )
            )
        }
        return found
    }

    /// Each record of an item says how much there is.
    private func stock(
        of sku: String,
        in journal: InMemoryJournal
    ) async throws(JournalError) -> (available: Int64, version: Int64) {
        guard let item = try? TopicID(.item, sku),
            let last = try await journal.read(item, after: 0, limit: .max).last,
            let data = try? JSONParser.parse(last.payload),
            let onHand = data["onHand"]?.int, let reserved = data["reserved"]?.int
        else { return (0, 0) }
        return (onHand - reserved, Int64(clamping: last.offset))
    }

    private static func matches(_ product: Product, _ sku: String, _ query: ProductQuery) -> Bool {
        guard product.isActive || query.includesInactive else { return false }
        if let category = query.category, category != product.category { return false }
        guard let words = query.words else { return true }
        let text = "\(product.title) \(product.description) \(product.category) \(sku)"
        let known = Self.words(text)
        return Self.words(words).allSatisfy { word in known.contains { $0.hasPrefix(word) } }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
