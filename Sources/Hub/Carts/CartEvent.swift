/// What happens to a cart.
package enum CartEvent: Event, Hashable {
    case lineSet(CartLine)
    case replaced([CartLine])
    /// A generation is over: bought, or, when that could not be, kept as a new one.
    case checkedOut(cartID: RecordID, orderID: String, isBought: Bool, lines: [CartLine])
    case mergeOffered(token: String)
    /// Lines of another cart came in; `lines` are all that there are now of those SKUs.
    case merged(from: String, cartID: RecordID, lines: [CartLine])
    /// Lines went to another cart.
    case surrendered(to: String, token: String, lines: [CartLine])

    package var type: String {
        switch self {
        case .lineSet: "cart_line_set"
        case .replaced: "cart_replaced"
        case .checkedOut: Self.checkedOutType
        case .mergeOffered: "cart_merge_offered"
        case .merged: "cart_merged"
        case .surrendered: "cart_surrendered"
        }
    }

    static let checkedOutType = "cart_checked_out"

    package func payload() -> [UInt8] {
        var data = JSONObjectWriter()
        switch self {
        case .lineSet(let line):
            data.write("sku", line.sku)
            data.write("quantity", line.quantity)
        case .replaced(let lines): data.write("lines") { CartLine.encode(lines, into: &$0) }
        case .checkedOut(let cartID, let orderID, let isBought, let lines):
            data.write("cartId", cartID)
            data.write("orderId", orderID)
            data.write("bought", isBought)
            data.write("lines") { CartLine.encode(lines, into: &$0) }
        case .mergeOffered(let token): data.write("mergeToken", token)
        case .merged(let from, let cartID, let lines):
            data.write("from", from)
            data.write("cartId", cartID)
            data.write("lines") { CartLine.encode(lines, into: &$0) }
        case .surrendered(let to, let token, let lines):
            data.write("to", to)
            data.write("mergeToken", token)
            data.write("lines") { CartLine.encode(lines, into: &$0) }
        }
        return data.finish()
    }

    package init?(type: String, payload: [UInt8]) {
        guard let data = try? JSONParser.parse(payload) else { return nil }
        switch type {
        case "cart_line_set":
            guard let sku = data["sku"]?.string, CartLine.isSKU(sku),
                let quantity = data["quantity"]?.int,
                (0...CartLine.quantityMaximum).contains(quantity)
            else { return nil }
            self = .lineSet(CartLine(sku: sku, quantity: quantity))
        case "cart_replaced":
            guard let lines = CartLine.list(data["lines"]) else { return nil }
            self = .replaced(lines)
        case Self.checkedOutType:
            guard let cartID = data["cartId"]?.recordID, let orderID = data["orderId"]?.string,
                let isBought = data["bought"]?.bool, let lines = CartLine.list(data["lines"])
            else { return nil }
            self = .checkedOut(cartID: cartID, orderID: orderID, isBought: isBought, lines: lines)
        case "cart_merge_offered":
            guard let token = data["mergeToken"]?.string else { return nil }
            self = .mergeOffered(token: token)
        case "cart_merged":
            guard let from = data["from"]?.string, let cartID = data["cartId"]?.recordID,
                let lines = CartLine.list(data["lines"])
            else { return nil }
            self = .merged(from: from, cartID: cartID, lines: lines)
        case "cart_surrendered":
            guard let to = data["to"]?.string, let token = data["mergeToken"]?.string,
                let lines = CartLine.list(data["lines"])
            else { return nil }
            self = .surrendered(to: to, token: token, lines: lines)
        default: return nil
        }
    }
}
