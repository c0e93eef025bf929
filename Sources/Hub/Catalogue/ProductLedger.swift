/// What a product's topic remembers: the product as it is.
package struct ProductLedger: Ledger {
    private let topic: TopicID
    private let sku: String
    private var product: Product?
    /// One more with every record: the offset of the last one.
    private var version: Int64 = 0
    private var isNews = false

    package init(topic: TopicID) {
        self.topic = topic
        sku = String(topic.name)
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot),
            let version = state["version"]?.int, version > 0, let product = Product(json: state)
        else { return nil }
        self.product = product
        self.version = version
    }

    package func snapshot() -> [UInt8] { describe() }

    package static var isOrdered: Bool { true }

    package static var isState: Bool { true }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> ProductCommand {
        try ProductCommand(action, fields)
    }

    package func needs(_ command: ProductCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() { isNews = false }

    package static let causes: [String: Set<String>] = [
        "put": [ProductEvent.updateType]
    ]

    package static func reply(repeating record: Record) -> JSON {
        ["version": .int(Int64(clamping: record.offset))]
    }

    package func decide(
        _ command: ProductCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<ProductEvent> {
        switch command {
        case .access: return Decision(reply: ["state": .raw(describe())])
        case .product:
            guard product != nil else {
                throw Rejection(.notFound, "There is no such product.")
            }
            return Decision(reply: reply())
        case .put(let wish):
            guard request.principal.grants.manages(topic.text) else {
                throw Rejection(.forbidden, "That is for staff: it needs a grant of manage.")
            }
            guard wish != product else { return Decision(reply: ["version": .int(version)]) }
            return Decision(
                events: [(request.nextID(), .updated(sku: sku, wish))],
                reply: ["version": .int(version + 1)]
            )
        }
    }

    package mutating func apply(
        _ event: ProductEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        version += 1
        product = event.product
        isNews = true
    }

    package mutating func takeNews(at: Timestamp) -> [Ephemeral] {
        guard isNews else { return [] }
        isNews = false
        return [
            Ephemeral(
                event: ProductEvent.updateType,
                author: "",
                at: at,
                payload: describe(),
                stateKey: "product",
                isForSender: true
            )
        ]
    }

    private func reply() -> JSON {
        guard let product else { return .object([]) }
        return [
            "productId": .string(sku), "title": .string(product.title),
            "description": .string(product.description), "price": product.price.json,
            "image": .string(product.image), "category": .string(product.category),
            "active": .bool(product.isActive), "version": .int(version),
        ]
    }

    /// The product with its version; of one that isn't there, its name alone.
    private func describe() -> [UInt8] {
        var data = JSONObjectWriter(reserving: 256 + (product?.description.utf8.count ?? 0))
        data.write("productId", sku)
        product?.write(into: &data)
        data.write("version", version)
        return data.finish()
    }
}
