import Hub

/// Lists of products in SQLite.
package final class SQLiteProductArchive: ProductArchive {
    private let readers: Readers

    init(readers: Readers) {
        self.readers = readers
    }

    package func products(
        _ query: ProductQuery
    ) async throws(JournalError) -> [ProductSummary] {
        var conditions = ["products.sku > ?1"]
        var values: [SQLValue] = [.text(query.after ?? ""), .int(Int64(query.limit))]
        if !query.includesInactive { conditions.append("active = 1") }
        if let category = query.category {
            values.append(.text(category))
            conditions.append("category = ?\(values.count)")
        }
        if let words = query.words {
            guard let expression = SearchExpression(words) else { return [] }
            values.append(.text(expression.match(in: nil)))
            conditions.append(
                """
                products.topic IN (
                    SELECT rowid FROM product_search WHERE product_search MATCH ?\(values.count))
                """
            )
        }
        let text = """
            SELECT products.sku, title, description, amount, currency, image, category, active,
                products.version, products.updated_at, on_hand, reserved, stock.version
            FROM products LEFT JOIN stock ON stock.sku = products.sku
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY products.sku LIMIT ?2
            """
        return try await readers.ask { [values] connection throws(SQLiteFailure) in
            let rows = try connection.statement(text)
            rows.bind(values)
            return try rows.all(Self.read).compactMap(\.self)
        }
    }

    /// Nil when the file was written by someone else.
    private static func read(_ row: PreparedStatement) -> ProductSummary? {
        guard let currency = Currency(row.text(4)), let price = Money(row.int(3), currency) else {
            return nil
        }
        return ProductSummary(
            sku: row.text(0),
            product: Product(
                title: row.text(1),
                description: row.text(2),
                price: price,
                image: row.text(5),
                category: row.text(6),
                isActive: row.int(7) != 0
            ),
            version: row.int(8),
            updatedAt: Timestamp(milliseconds: row.int(9)),
            available: row.int(10) - row.int(11),
            stockVersion: row.int(12)
        )
    }
}
