/// What a cart allows, to its owner alone.
extension CartLedger {
    package func decide(
        _ command: CartCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<CartEvent> {
        switch command {
        // Whoever has the token is let in with it.
        case .inspect(let token): return try inspect(token)
        case .surrender(let token, let to, let lines):
            return surrender(token, to, lines, request)
        default: try admit(request.principal)
        }
        switch command {
        case .access: return Decision(reply: ["state": .raw(view)])
        case .contents: return Decision(reply: contents)
        case .setLine(let line): return try setLine(line, request)
        case .setLines(let lines): return replace(with: lines, request)
        case .clear: return replace(with: [], request)
        case .checkedOut(let cartID, let orderID, let isBought, let lines):
            return checkedOut(cartID, orderID, isBought, lines, request)
        case .offer(let token):
            return decision(.mergeOffered(token: token), request, ["mergeToken": .string(token)])
        case .absorb(let from, let cartID, let lines):
            return absorb(from, cartID, lines, request)
        case .inspect, .surrender: preconditionFailure("Those are decided before.")
        }
    }

    private var contents: JSON {
        [
            "cartId": cartID.map { .string($0.description) } ?? .null,
            "lines": .array(lines.map(\.json)), "version": .int(changes),
        ]
    }

    private func setLine(
        _ line: CartLine,
        _ request: Request
    ) throws(Rejection) -> Decision<CartEvent> {
        let earlier = quantity(of: line.sku)
        guard earlier != line.quantity else { return Decision(reply: summary(0)) }
        guard earlier > 0 || lines.count < Self.linesMaximum else {
            throw Rejection(.limitReached, "The cart has as many lines as it may.")
        }
        return decision(.lineSet(line), request)
    }

    private func replace(with wish: [CartLine], _ request: Request) -> Decision<CartEvent> {
        guard wish != lines else { return Decision(reply: summary(0)) }
        return decision(.replaced(wish), request)
    }

    /// Of a generation that is past nothing is left to say.
    private func checkedOut(
        _ ended: RecordID,
        _ orderID: String,
        _ isBought: Bool,
        _ bought: [CartLine],
        _ request: Request
    ) -> Decision<CartEvent> {
        guard ended == cartID else { return Decision() }
        let event = CartEvent.checkedOut(
            cartID: ended,
            orderID: orderID,
            isBought: isBought,
            lines: bought
        )
        return decision(event, request)
    }

    private func inspect(_ token: String) throws(Rejection) -> Decision<CartEvent> {
        if token == spentToken { return Decision(reply: ["merged": true]) }
        guard token == mergeToken else { throw Self.noOffer }
        return Decision(reply: contents)
    }

    static let noOffer = Rejection(.notFound, "There is no cart with that token to take over.")

    private func surrender(
        _ token: String,
        _ to: String,
        _ lines: [CartLine],
        _ request: Request
    ) -> Decision<CartEvent> {
        guard token == mergeToken else { return Decision() }
        return decision(.surrendered(to: to, token: token, lines: lines), request)
    }

    /// What is in both carts is added up, as far as a line goes; what there is no room for stays
    /// out, and the reply says so.
    private func absorb(
        _ from: String,
        _ generation: RecordID,
        _ other: [CartLine],
        _ request: Request
    ) -> Decision<CartEvent> {
        var room = Self.linesMaximum - lines.count
        var sums: [CartLine] = []
        var dropped: [JSON] = []
        for line in other {
            let earlier = quantity(of: line.sku)
            if earlier == 0, room == 0 {
                dropped.append(line.json)
                continue
            }
            if earlier == 0 { room -= 1 }
            // Two quantities within the bounds don't overflow.
            let sum = min(CartLine.quantityMaximum, earlier + line.quantity)
            sums.append(CartLine(sku: line.sku, quantity: sum))
        }
        let event = CartEvent.merged(from: from, cartID: generation, lines: sums)
        return decision(event, request, ["dropped": .array(dropped)])
    }

    private func decision(
        _ event: CartEvent,
        _ request: Request,
        _ more: JSON = [:]
    ) -> Decision<CartEvent> {
        var reply = summary(1)
        if case .object(let members) = more {
            for member in members { reply.append(member.key, member.value) }
        }
        return Decision(events: [(request.nextID(), event)], reply: reply)
    }

    /// The version that there is so many records later.
    private func summary(_ records: Int64) -> JSON { ["version": .int(changes + records)] }

    /// Guests only where they may: anyone can take their names.
    private func admit(_ principal: Principal) throws(Rejection) {
        guard principal.user == topic.owner else {
            throw Rejection(.notFound, "There is no such cart, or it is not yours to see.")
        }
        guard !principal.isGuest || principal.grants.allow("setLine", on: topic.text) else {
            throw Rejection(.forbidden, "Guests have no cart here.")
        }
    }

    package static let causes: [String: Set<String>] = [
        "setLine": ["cart_line_set"],
        "removeLine": ["cart_line_set"],
        "setLines": ["cart_replaced"],
        "clearCart": ["cart_replaced"],
        "checkedOut": [CartEvent.checkedOutType],
        "offer": ["cart_merge_offered"],
        "absorb": ["cart_merged"],
    ]

    package static func reply(repeating record: Record) -> JSON {
        // Each record counts the version up by one.
        var reply: JSON = ["version": .int(Int64(clamping: record.offset))]
        if case .mergeOffered(let token)? = CartEvent(type: record.type, payload: record.payload) {
            reply.append("mergeToken", .string(token))
        }
        return reply
    }
}
