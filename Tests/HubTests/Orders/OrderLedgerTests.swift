import Testing

@testable import Hub

@Suite("An order")
struct OrderLedgerTests {
    @Test("An order goes its whole way, one record a step, and counts them")
    func wholeWay() throws {
        var script = try OrderScript()
        try script.place()
        try script.pay()
        try script.perform(.pack, by: "staff")
        let shipment = OrderShipment(
            trackingNumber: "T1",
            carrier: "post",
            estimatedDelivery: Timestamp(milliseconds: 5)
        )
        try script.perform(.ship(shipment), by: "staff")
        try script.perform(.deliver, by: "staff")
        #expect(script.ledger.status == .delivered)
        let sequence = try script.records.map { record in
            try #require(JSONParser.parse(record.payload)["seq"]?.int)
        }
        #expect(sequence == Array(1...Int64(sequence.count)))
        let changed = try JSONParser.parse(script.records[5].payload)
        #expect(changed["status"] == "shipped")
        #expect(changed["previousStatus"] == "packed")
        #expect(changed["trackingNumber"] == "T1")
        #expect(changed["estimatedDelivery"] == 5)
        let view = try script.perform(.order, by: "ada")
        #expect(view["timeline"]?.array?.count == script.records.count)
        #expect(view["total"] == ["amount": 2100, "currency": "EUR"])
    }

    @Test("A step that is no legal one is refused, and the refusal says which are")
    func illegal() throws {
        var script = try OrderScript()
        try script.place()
        let shipment = OrderShipment(trackingNumber: "T", carrier: nil, estimatedDelivery: nil)
        for command in [OrderCommand.pack, .ship(shipment), .deliver] {
            let refused = #expect(throws: Rejection.self) {
                try script.perform(command, by: "staff")
            }
            #expect(refused?.code == .illegalTransition)
            #expect(refused?.message.contains("paid, cancelled") == true)
        }
        let refund = #expect(throws: Rejection.self) {
            try script.perform(.refund(amount: nil, parts: nil, reason: nil), by: "staff")
        }
        #expect(refund?.code == .illegalTransition)
    }

    @Test("What is so already succeeds without a record")
    func sameState() throws {
        var script = try OrderScript()
        try script.place()
        try script.pay()
        try script.perform(.pack, by: "staff")
        let count = script.records.count
        try script.perform(.pack, by: "staff")
        try script.perform(.beginPayment(reference: nil), by: "staff")
        try script.perform(.completePayment)
        try script.perform(.place(try OrderScript.placement()), by: "ada")
        try script.perform(.expire)
        try script.perform(.settle)
        #expect(script.records.count == count)
    }

    @Test("Refunds add up to no more than was paid, and each line to no more than was bought")
    func refunds() throws {
        var script = try OrderScript()
        try script.place()
        try script.pay()
        let tea = [OrderRefund.Part(sku: "tea", quantity: 1)]
        try script.perform(.refund(amount: nil, parts: tea, reason: "broken"), by: "staff")
        #expect(script.ledger.status == .partiallyRefunded)
        #expect(script.ledger.refundedTotal == 450)
        // What is refunded in part is sent all the same.
        try script.perform(.pack, by: "staff")
        #expect(script.ledger.payment == .partiallyRefunded)
        try script.perform(.refund(amount: nil, parts: tea, reason: nil), by: "staff")
        for wish in [
            OrderCommand.refund(amount: nil, parts: tea, reason: nil),
            .refund(amount: 1201, parts: nil, reason: nil),
            .refund(
                amount: nil,
                parts: [OrderRefund.Part(sku: "hat", quantity: 1)],
                reason: nil
            ),
        ] {
            #expect(throws: Rejection.self) { try script.perform(wish, by: "staff") }
        }
        try script.perform(.refund(amount: nil, parts: nil, reason: nil), by: "staff")
        #expect(script.ledger.status == .refunded)
        #expect(script.ledger.refundedTotal == 2100)
        let count = script.records.count
        // A second one of the whole is so already: it is not lost, and not paid twice.
        try script.perform(.refund(amount: nil, parts: nil, reason: nil), by: "staff")
        #expect(script.records.count == count)
    }

    @Test("Its owner sees and may cancel it while it is unpaid; for strangers there is none")
    func admission() throws {
        var script = try OrderScript()
        try script.place()
        for command in [OrderCommand.access, .order, .abandon(reason: nil)] {
            let refused = #expect(throws: Rejection.self) {
                try script.perform(command, by: "bob")
            }
            #expect(refused?.code == .notFound)
        }
        let forbidden = #expect(throws: Rejection.self) {
            try script.perform(.beginPayment(reference: nil), by: "ada")
        }
        #expect(forbidden?.code == .forbidden)
        try script.pay()
        let paid = #expect(throws: Rejection.self) {
            try script.perform(.abandon(reason: nil), by: "ada")
        }
        #expect(paid?.code == .forbidden)
        try script.perform(.abandon(reason: "recall"), by: "staff")
        #expect(script.ledger.isSettling)
        #expect(script.ledger.taken == ["tea", "cup"])
        // The money is given back while the goods are still on their way back.
        try script.perform(.refund(amount: nil, parts: nil, reason: nil), by: "staff")
        #expect(script.ledger.isSettling)
        try script.perform(.settle)
        #expect(!script.ledger.isSettling)
    }

    @Test("Of a payment, a cancellation and the end of the time the first that is recorded wins")
    func races() throws {
        var paying = try OrderScript()
        try paying.place(expiresIn: 1)
        try paying.perform(.beginPayment(reference: nil), by: "staff")
        let refused = #expect(throws: Rejection.self) {
            try paying.perform(.abandon(reason: nil), by: "ada")
        }
        #expect(refused?.retry == true)
        let before = paying.records.count
        try paying.perform(.expire)
        #expect(paying.records.count == before)
        try paying.perform(.fallShort(missing: ["cup"], taken: ["tea"]))
        #expect(paying.ledger.status == .awaitingPayment)
        try paying.perform(.expire)
        #expect(paying.ledger.status == .cancelled)
        #expect(paying.ledger.taken == ["tea"])

        var cancelled = try OrderScript()
        try cancelled.place()
        try cancelled.perform(.abandon(reason: nil), by: "ada")
        let late = #expect(throws: Rejection.self) {
            try cancelled.perform(.beginPayment(reference: nil), by: "staff")
        }
        #expect(late?.code == .illegalTransition)
    }

    @Test("A key that was used for one step is not taken for another")
    func keys() throws {
        var script = try OrderScript()
        try script.place()
        try script.pay()
        try script.perform(.pack, by: "staff")
        let packed = try #require(script.records.last)
        #expect(OrderLedger.canCause("pack", packed))
        for action in ["ship", "deliver", "abandon", "refund", "beginPayment", "order"] {
            #expect(!OrderLedger.canCause(action, packed))
        }
        #expect(OrderLedger.reply(repeating: packed)["status"] == "packed")
    }

    @Test("Totals out of bounds, and records cut short, are nothing")
    func bounds() throws {
        let euro = try #require(Currency("EUR"))
        let most = Money.amountMaximum
        #expect(OrderLine(sku: "a", title: "", quantity: 2, unitPrice: most) == nil)
        #expect(OrderLine(sku: "a", title: "", quantity: 1, unitPrice: .max) == nil)
        let line = try #require(OrderLine(sku: "a", title: "", quantity: 1, unitPrice: most))
        #expect(OrderTotals(euro, of: [line]) != nil)
        #expect(OrderTotals(euro, of: [line, line]) == nil)
        #expect(OrderTotals(euro, of: [line], shipping: 1) == nil)
        #expect(OrderTotals(euro, of: [], discount: 1) == nil)
        #expect(OrderTotals(euro, of: [line], discount: -1) == nil)
        var script = try OrderScript()
        try script.place()
        for record in script.records {
            for count in 0..<record.payload.count {
                let cut = Array(record.payload[..<count])
                #expect(OrderEvent(type: record.type, payload: cut) == nil)
            }
        }
    }
}
