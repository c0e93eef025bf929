/// What a cart remembers: the topic `cart:<user>`.
///
/// A cart has generations, each named after the record that began it. A checkout ends one: of one
/// generation there is one order at the most, however often the button is pressed.
package struct CartLedger: Ledger {
    package static let linesMaximum = 100
    private static let version: Int64 = 1

    let topic: TopicID
    /// In the order in which they came in.
    private(set) var lines: [CartLine] = []
    /// The generation; nil until the first record.
    private(set) var cartID: RecordID?
    /// Counts the records.
    private(set) var changes: Int64 = 0
    /// Whoever has it may take the lines over.
    private(set) var mergeToken: String?
    /// The one that was used last, so that a repeat is told that it is done.
    private(set) var spentToken: String?
    private var hasNews = false

    package init(topic: TopicID) {
        self.topic = topic
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), state["snapshot"]?.int == Self.version,
            let lines = CartLine.list(state["lines"]), let changes = state["version"]?.int,
            let cartID = state.optional("cartId", { $0.recordID }),
            let token = state.optional("mergeToken", { $0.string }),
            let spent = state.optional("spentToken", { $0.string })
        else { return nil }
        self.lines = lines
        self.cartID = cartID
        self.changes = changes
        mergeToken = token
        spentToken = spent
    }

    package func snapshot() -> [UInt8] {
        var object = JSONObjectWriter()
        object.write("snapshot", Self.version)
        if let cartID { object.write("cartId", cartID) }
        object.write("version", changes)
        object.write("lines") { CartLine.encode(lines, into: &$0) }
        if let mergeToken { object.write("mergeToken", mergeToken) }
        if let spentToken { object.write("spentToken", spentToken) }
        return object.finish()
    }

    package static var isOrdered: Bool { true }
    package static var isState: Bool { true }
    package static var idleAfter: Duration? { .seconds(10) }
    package static var savesWhenRetired: Bool { false }

    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? { records >= 100 }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> CartCommand {
        try CartCommand(action, fields)
    }

    package func needs(_ command: CartCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() { hasNews = false }

    package mutating func takeNews(at: Timestamp) -> [Ephemeral] {
        guard hasNews else { return [] }
        hasNews = false
        let news = Ephemeral(
            event: "cart_updated",
            author: topic.owner ?? "",
            at: at,
            payload: view,
            stateKey: "cart",
            isForSender: true
        )
        return [news]
    }

    package mutating func apply(
        _ event: CartEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        changes += 1
        hasNews = true
        if cartID == nil { cartID = id }
        switch event {
        case .lineSet(let line): set(line)
        case .replaced(let lines): self.lines = lines
        case .checkedOut(_, _, let isBought, let lines):
            if isBought { take(lines) }
            cartID = id
        case .mergeOffered(let token): mergeToken = token
        case .merged(_, _, let lines):
            for line in lines { set(line) }
        case .surrendered(_, let token, let lines):
            take(lines)
            cartID = id
            mergeToken = nil
            spentToken = token
        }
    }

    private mutating func set(_ line: CartLine) {
        guard let place = lines.firstIndex(where: { $0.sku == line.sku }) else {
            if line.quantity > 0 { lines.append(line) }
            return
        }
        if line.quantity > 0 {
            lines[place] = line
        } else {
            lines.remove(at: place)
        }
    }

    /// What came in since stays.
    private mutating func take(_ bought: [CartLine]) {
        for line in bought {
            let left = quantity(of: line.sku) - line.quantity
            set(CartLine(sku: line.sku, quantity: max(0, left)))
        }
    }

    func quantity(of sku: String) -> Int64 {
        lines.first { $0.sku == sku }?.quantity ?? 0
    }

    /// What there is to see.
    var view: [UInt8] {
        var object = JSONObjectWriter(reserving: 64 + lines.count * 48)
        if let cartID { object.write("cartId", cartID) } else { object.writeNull("cartId") }
        object.write("lines") { CartLine.encode(lines, into: &$0) }
        object.write("version", changes)
        return object.finish()
    }
}
