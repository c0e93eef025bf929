/// What can be asked of a cart. What the hub alone may ask is said to be internal.
package enum CartCommand: Sendable, Hashable {
    /// May the principal see it? The reply has what there is to see.
    case access
    /// Internal: the lines and the generation.
    case contents
    /// So many of one product; none removes the line.
    case setLine(CartLine)
    case setLines([CartLine])
    case clear
    /// Internal: what became of a generation. Bought lines leave the cart.
    case checkedOut(cartID: RecordID, orderID: String, isBought: Bool, lines: [CartLine])
    /// Internal: the token with which another may take the lines over.
    case offer(token: String)
    /// Internal: the lines, for who has the token.
    case inspect(token: String)
    /// Internal: takes another cart's lines in, of each generation once.
    case absorb(from: String, cartID: RecordID, lines: [CartLine])
    /// Internal: those lines are another's now, and the token is spent.
    case surrender(token: String, to: String, lines: [CartLine])

    /// Steps that only the hub takes.
    package static let internalActions: Set<String> = [
        "contents", "checkedOut", "offer", "inspect", "absorb", "surrender",
    ]

    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access": self = .access
        case "contents": self = .contents
        case "clearCart": self = .clear
        case "setLine": self = .setLine(try Self.line(command))
        case "removeLine": self = .setLine(try Self.removal(command))
        case "setLines": self = .setLines(try Self.lines(command))
        default: self = try Self.step(action, command["data"] ?? .null)
        }
    }

    private static func line(_ command: JSON) throws(Rejection) -> CartLine {
        let data = try Fields(dataOf: command)
        let sku = try data.string("sku")
        guard CartLine.isSKU(sku) else { throw data.refusal("sku", "is no SKU") }
        let quantity = try data.int("quantity", in: 0...CartLine.quantityMaximum)
        return CartLine(sku: sku, quantity: quantity)
    }

    private static func removal(_ command: JSON) throws(Rejection) -> CartLine {
        let data = try Fields(dataOf: command)
        let sku = try data.string("sku")
        guard CartLine.isSKU(sku) else { throw data.refusal("sku", "is no SKU") }
        return CartLine(sku: sku, quantity: 0)
    }

    /// Two lines of one SKU are one line: each alone may be had, and both together not.
    private static func lines(_ command: JSON) throws(Rejection) -> [CartLine] {
        let data = try Fields(dataOf: command)
        guard let items = command["data"]?["lines"]?.array else {
            throw data.refusal("lines", "must be a list")
        }
        guard items.count <= CartLedger.linesMaximum else {
            throw Rejection(
                .tooLarge,
                "data.lines: has at most \(CartLedger.linesMaximum) entries."
            )
        }
        var order: [String] = []
        var quantities: [String: Int64] = [:]
        for item in items {
            let line = try line(["data": item])
            guard line.quantity > 0 else { continue }
            if quantities[line.sku] == nil { order.append(line.sku) }
            quantities[line.sku, default: 0] += line.quantity
        }
        guard quantities.values.allSatisfy({ $0 <= CartLine.quantityMaximum }) else {
            throw data.refusal("lines", "has at most \(CartLine.quantityMaximum) of a SKU")
        }
        return order.map { CartLine(sku: $0, quantity: quantities[$0] ?? 0) }
    }

    private static func step(_ action: String, _ data: JSON) throws(Rejection) -> CartCommand {
        switch action {
        case "checkedOut":
            guard let cartID = data["cartId"]?.recordID, let orderID = data["orderId"]?.string,
                let isBought = data["bought"]?.bool, let lines = CartLine.list(data["lines"])
            else { throw malformed }
            return .checkedOut(cartID: cartID, orderID: orderID, isBought: isBought, lines: lines)
        case "offer":
            guard let token = data["mergeToken"]?.string else { throw malformed }
            return .offer(token: token)
        case "inspect":
            guard let token = data["mergeToken"]?.string else { throw malformed }
            return .inspect(token: token)
        case "absorb":
            guard let from = data["from"]?.string, let cartID = data["cartId"]?.recordID,
                let lines = CartLine.list(data["lines"])
            else { throw malformed }
            return .absorb(from: from, cartID: cartID, lines: lines)
        case "surrender":
            guard let token = data["mergeToken"]?.string, let to = data["to"]?.string,
                let lines = CartLine.list(data["lines"])
            else { throw malformed }
            return .surrender(token: token, to: to, lines: lines)
        default: throw Rejection(.unknownAction, "A cart has no such action.")
        }
    }

    private static let malformed = Rejection(.badRequest, "A step of a cart can't be read.")
}
