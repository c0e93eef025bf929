import Hub

/// The table of products, and the index over their words.
final class ProductProjection: Projection {
    private struct Row {
        let sku: String
        let product: Product
        let version: Offset
        let at: Timestamp
    }

    private let upsert: PreparedStatement
    private let index: PreparedStatement
    private let empty: PreparedStatement
    private let emptyIndex: PreparedStatement
    private var rows: [Int64: Row] = [:]

    init(_ connection: Connection) throws(SQLiteFailure) {
        upsert = try connection.statement(
            "INSERT OR REPLACE INTO products VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        )
        index = try connection.statement(
            "INSERT OR REPLACE INTO product_search (rowid, content) VALUES (?1, ?2)"
        )
        empty = try connection.statement("DELETE FROM products")
        emptyIndex = try connection.statement("DELETE FROM product_search")
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .product,
            let event = event as? ProductEvent
                ?? ProductEvent(type: record.type, payload: record.payload)
        else { return }
        rows[row] = Row(
            sku: String(topic.name),
            product: event.product,
            version: record.offset,
            at: record.at
        )
    }

    func flush() throws(SQLiteFailure) {
        for (row, entry) in rows {
            let product = entry.product
            upsert.bind([
                .int(row), .text(entry.sku), .text(product.title), .text(product.description),
                .int(product.price.amount), .text(product.price.currency.code),
                .text(product.image), .text(product.category), .int(product.isActive ? 1 : 0),
                .int(Int64(clamping: entry.version)), .int(entry.at.milliseconds),
            ])
            try upsert.execute()
            let words = [product.title, product.description, product.category, entry.sku]
            index.bind([.int(row), .text(words.joined(separator: "\n"))])
            try index.execute()
        }
        reset()
    }

    func reset() {
        rows.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {
        try empty.execute()
        try emptyIndex.execute()
    }
}
