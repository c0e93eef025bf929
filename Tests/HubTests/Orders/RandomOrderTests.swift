import Testing

@testable import Hub

/// An order as a shopkeeper would keep it on paper: slow, plain, and written apart from the ledger.
private struct PaperOrder {
    var exists = false
    var word = "none"
    var isPaid = false
    var goods = "here"
    var isPaying = false
    var mustGiveBack = false
    var expiresAt: Int64 = 0
    var refunded: Int64 = 0
    var total: Int64 = 2100

    /// Whether a record comes of it; nil when it is refused.
    mutating func take(_ command: OrderCommand, by user: String, at time: Int64) -> Bool? {
        let isStaff = user == "staff" || user == ""
        if case .place = command {
            guard exists else {
                exists = true
                word = "pending"
                return true
            }
            return false
        }
        guard exists, isStaff || user == "ada" else { return nil }
        switch command {
        case .access, .order, .progress: return false
        case .confirm(_, let end):
            guard word == "pending" else { return false }
            word = "awaiting_payment"
            expiresAt = end.milliseconds
            return true
        case .fail: return word == "pending" ? cancel() : false
        case .expire:
            let isOver = word == "awaiting_payment" && !isPaying && time >= expiresAt
            return isOver ? cancel() : false
        case .settle:
            guard mustGiveBack else { return false }
            mustGiveBack = false
            return true
        case .abandon: return abandon(isStaff: isStaff)
        default: return isStaff ? takeAsStaff(command) : nil
        }
    }

    private mutating func cancel() -> Bool {
        word = "cancelled"
        goods = "given up"
        mustGiveBack = true
        return true
    }

    private mutating func abandon(isStaff: Bool) -> Bool? {
        if goods == "given up" { return false }
        if isPaying || word == "pending" { return nil }
        if goods != "here" && goods != "packed" { return nil }
        if isPaid && refunded == total { return nil }
        if isPaid && !isStaff { return nil }
        return cancel()
    }

    private mutating func takeAsStaff(_ command: OrderCommand) -> Bool? {
        switch command {
        case .beginPayment:
            if isPaid && goods != "given up" { return false }
            guard word == "awaiting_payment" else { return nil }
            if isPaying { return false }
            isPaying = true
            return true
        case .completePayment:
            guard isPaying else { return false }
            (isPaying, isPaid, word) = (false, true, "paid")
            return true
        case .fallShort:
            guard isPaying else { return false }
            isPaying = false
            return true
        case .pack: return move(from: "here", to: "packed")
        case .ship: return move(from: "packed", to: "shipped")
        case .deliver: return move(from: "shipped", to: "delivered")
        case .refund(let amount, _, _):
            guard isPaid else { return nil }
            let rest = total - refunded
            if rest == 0 { return false }
            let wish = amount ?? rest
            guard wish <= rest else { return nil }
            refunded += wish
            word = refunded == total ? "refunded" : "partially_refunded"
            return true
        default: return false
        }
    }

    private mutating func move(from: String, to: String) -> Bool? {
        let isLive = isPaid && refunded < total
        if goods == to, refunded < total { return false }
        guard isLive, goods == from else { return nil }
        goods = to
        word = to
        return true
    }
}

@Suite("Orders under commands at random")
struct RandomOrderTests {
    private func command(_ time: Int64, _ dice: inout Dice) throws -> OrderCommand {
        let shipment = OrderShipment(trackingNumber: "T", carrier: nil, estimatedDelivery: nil)
        let end = Timestamp(milliseconds: time + Int64(dice.roll(0..<12)))
        return switch dice.roll(0..<18) {
        case 0: .place(try OrderScript.placement())
        case 1, 2: .confirm(holds: OrderScript.holds, expiresAt: end)
        case 3: dice.roll(0..<4) == 0 ? .fail(reason: "r", skus: ["tea"], holds: []) : .access
        case 4, 5: .beginPayment(reference: dice.roll(0..<2) == 0 ? nil : "ref")
        case 6, 7: .completePayment
        case 8: .fallShort(missing: ["cup"], taken: ["tea"])
        case 9, 10: .pack
        case 11: .ship(shipment)
        case 12: .deliver
        case 13: dice.roll(0..<3) == 0 ? .abandon(reason: "x") : .order
        case 14: .expire
        case 15: .settle
        case 16: .refund(amount: Int64(dice.roll(1..<900)), parts: nil, reason: "y")
        default: dice.roll(0..<4) == 0 ? .refund(amount: nil, parts: nil, reason: nil) : .progress
        }
    }

    @Test(
        "Random commands leave an order where paper has it, and so does loading it at every record",
        arguments: 0..<60
    )
    func agreesWithPaper(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var script = try OrderScript()
        var paper = PaperOrder()
        var snapshots: [(count: Int, bytes: [UInt8])] = []
        for _ in 0..<120 {
            let command = try command(script.time, &dice)
            let user = ["", "staff", "ada", "bob"][dice.roll(0..<4)]
            let before = script.records.count
            let expected = paper.take(command, by: user, at: script.time + 1)
            let made: Bool?
            do throws(Rejection) {
                try script.perform(command, by: user)
                made = script.records.count > before
            } catch {
                made = nil
            }
            #expect(made == expected, "\(command) by \(user) on \(paper)")
            guard paper.exists else { continue }
            #expect(script.ledger.status.rawValue == paper.word)
            #expect(script.ledger.isPaying == paper.isPaying)
            #expect(script.ledger.isSettling == paper.mustGiveBack)
            #expect(script.ledger.refundedTotal == paper.refunded)
            if script.records.count > before {
                snapshots.append((script.records.count, script.ledger.snapshot()))
            }
        }
        let final = script.ledger.snapshot()
        for snapshot in snapshots {
            let loaded = try script.reloaded(snapshot: snapshot.bytes, after: snapshot.count)
            #expect(loaded.snapshot() == final)
        }
        let replayed = try script.reloaded(snapshot: nil, after: 0)
        #expect(replayed.snapshot() == final)
        try expectSummary(of: script)
    }

    /// The list shows what the order is, and when it is due.
    private func expectSummary(of script: OrderScript) throws {
        guard let placement = script.ledger.placement else { return }
        var summary = OrderSummary(placement, id: script.records[0].id, at: script.records[0].at)
        for record in script.records.dropFirst() {
            let event = try #require(OrderEvent(type: record.type, payload: record.payload))
            summary.apply(event, at: record.at)
        }
        #expect(summary.status == script.ledger.status)
        #expect(summary.payment == script.ledger.payment)
        #expect(summary.fulfilment == script.ledger.fulfilment)
        #expect(summary.seq == script.ledger.seq)
        #expect(summary.refundedTotal == script.ledger.refundedTotal)
        let rests =
            !script.ledger.isSettling && !script.ledger.isPaying
            && ![.pending, .awaitingPayment].contains(script.ledger.status)
        #expect((summary.dueAt == nil) == rests)
    }
}
