import Testing

@testable import Hub

@Suite("A cart")
struct CartLedgerTests {
    private static let at = Timestamp(milliseconds: 5)

    private static func line(_ sku: String, _ quantity: Int64) -> CartLine {
        CartLine(sku: sku, quantity: quantity)
    }

    private struct Script {
        var ledger: CartLedger
        var events: [(id: RecordID, event: CartEvent)] = []

        @discardableResult
        mutating func perform(
            _ command: CartCommand,
            by user: String = "ada",
            isGuest: Bool = false,
            grants: Grants = .everything
        ) throws(Rejection) -> JSON {
            let id = RecordID(Int64(events.count) + 1)
            let principal = Principal(user: user, isGuest: isGuest, grants: grants)
            let request = Request(principal: principal, at: CartLedgerTests.at) { id }
            let decision = try ledger.decide(command, request)
            for (id, event) in decision.events {
                ledger.apply(event, id: id, author: user, at: CartLedgerTests.at)
                events.append((id, event))
            }
            return decision.reply
        }
    }

    private func script() throws -> Script {
        Script(ledger: CartLedger(topic: try TopicID(cartOf: "ada")))
    }

    @Test("Lines are set, replaced and removed; what is so already makes no record")
    func lines() throws {
        var script = try script()
        try script.perform(.setLine(Self.line("tea", 2)))
        try script.perform(.setLine(Self.line("cup", 1)))
        try script.perform(.setLine(Self.line("tea", 2)))
        #expect(script.events.count == 2)
        try script.perform(.setLine(Self.line("tea", 0)))
        #expect(script.ledger.lines == [Self.line("cup", 1)])
        try script.perform(.clear)
        try script.perform(.clear)
        #expect(script.events.count == 4)
        #expect(script.ledger.lines.isEmpty)
    }

    @Test("Two lines of one SKU are summed, and the bounds hold for the sum")
    func summed() throws {
        let twice: JSON = [
            "data": [
                "lines": [
                    ["sku": "tea", "quantity": 400], ["sku": "tea", "quantity": 500],
                    ["sku": "cup", "quantity": 0],
                ]
            ]
        ]
        #expect(try CartCommand("setLines", twice) == .setLines([Self.line("tea", 900)]))
        let tooMany: JSON = [
            "data": [
                "lines": [["sku": "tea", "quantity": 500], ["sku": "tea", "quantity": 500]]
            ]
        ]
        #expect(throws: Rejection.self) { try CartCommand("setLines", tooMany) }
        for bad: JSON in [
            ["sku": "tea", "quantity": 1000], ["sku": "tea", "quantity": -1], ["sku": "tea"],
            ["sku": "", "quantity": 1], ["sku": "a b", "quantity": 1], ["quantity": 1],
        ] {
            #expect(throws: Rejection.self) { try CartCommand("setLine", ["data": bad]) }
        }
    }

    @Test("A cart has a hundred lines at the most")
    func limit() throws {
        var script = try script()
        for number in 0..<100 { try script.perform(.setLine(Self.line("s\(number)", 1))) }
        let refused = #expect(throws: Rejection.self) {
            try script.perform(.setLine(Self.line("more", 1)))
        }
        #expect(refused?.code == .limitReached)
        try script.perform(.setLine(Self.line("s5", 3)))
    }

    @Test("A checkout takes out what was bought, of its own generation and once")
    func checkedOut() throws {
        var script = try script()
        try script.perform(.setLine(Self.line("tea", 2)))
        try script.perform(.setLine(Self.line("cup", 1)))
        let generation = try #require(script.ledger.cartID)
        // Edited while the checkout was under way.
        try script.perform(.setLine(Self.line("tea", 5)))
        try script.perform(.setLine(Self.line("hat", 1)))
        let ended = CartCommand.checkedOut(
            cartID: generation,
            orderID: "o-\(generation)",
            isBought: true,
            lines: [Self.line("tea", 2), Self.line("cup", 1)]
        )
        try script.perform(ended)
        #expect(script.ledger.lines == [Self.line("tea", 3), Self.line("hat", 1)])
        #expect(script.ledger.cartID != generation)
        let count = script.events.count
        try script.perform(ended)
        #expect(script.events.count == count)
    }

    @Test("A checkout that came to nothing leaves the lines to a generation of their own")
    func failedCheckout() throws {
        var script = try script()
        try script.perform(.setLine(Self.line("tea", 2)))
        let generation = try #require(script.ledger.cartID)
        try script.perform(
            .checkedOut(
                cartID: generation,
                orderID: "o-1",
                isBought: false,
                lines: [Self.line("tea", 2)]
            )
        )
        #expect(script.ledger.lines == [Self.line("tea", 2)])
        #expect(script.ledger.cartID != generation)
    }

    @Test("A guest's lines go to whoever has the token, once")
    func merge() throws {
        var guest = Script(ledger: CartLedger(topic: try TopicID(cartOf: "guest-x")))
        try guest.perform(.setLine(Self.line("tea", 900)), by: "guest-x", isGuest: true)
        try guest.perform(.setLine(Self.line("cup", 1)), by: "guest-x", isGuest: true)
        try guest.perform(.offer(token: "secret"), by: "guest-x", isGuest: true)
        for token in ["", "other"] {
            #expect(throws: Rejection.self) { try guest.perform(.inspect(token: token), by: "") }
        }
        let contents = try guest.perform(.inspect(token: "secret"), by: "")
        let lines = try #require(CartLine.list(contents["lines"]))
        let generation = try #require(contents["cartId"]?.recordID)
        var own = try script()
        try own.perform(.setLine(Self.line("tea", 100)))
        try own.perform(.absorb(from: "guest-x", cartID: generation, lines: lines))
        #expect(own.ledger.lines == [Self.line("tea", 999), Self.line("cup", 1)])
        // Put in between the two steps: it stays the guest's.
        try guest.perform(.setLine(Self.line("hat", 1)), by: "guest-x", isGuest: true)
        let surrender = CartCommand.surrender(token: "secret", to: "ada", lines: lines)
        try guest.perform(surrender, by: "")
        try guest.perform(surrender, by: "")
        #expect(guest.ledger.lines == [Self.line("hat", 1)])
        #expect(try guest.perform(.inspect(token: "secret"), by: "")["merged"] == true)
    }

    @Test("Nobody else sees it, and guests only where they may have one")
    func admission() throws {
        var script = try script()
        for command in [CartCommand.access, .contents, .setLine(Self.line("tea", 1)), .clear] {
            let refused = #expect(throws: Rejection.self) {
                try script.perform(command, by: "bob", grants: .staff)
            }
            #expect(refused?.code == .notFound)
            let guest = #expect(throws: Rejection.self) {
                try script.perform(command, isGuest: true, grants: .nothing)
            }
            #expect(guest?.code == .forbidden)
        }
    }

    @Test(
        "Random edits leave a cart as a dictionary has it, and so does loading it at every record",
        arguments: 0..<12
    )
    func model(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var script = try script()
        var model: [String: Int64] = [:]
        var snapshots: [(count: Int, bytes: [UInt8])] = []
        for _ in 0..<80 {
            let sku = "s\(dice.roll(0..<6))"
            let quantity = Int64(dice.roll(0..<5))
            switch dice.roll(0..<10) {
            case 0:
                try script.perform(.setLines([Self.line(sku, quantity + 1)]))
                model = [sku: quantity + 1]
            case 1:
                try script.perform(.clear)
                model = [:]
            case 2:
                guard let generation = script.ledger.cartID else { continue }
                let isCurrent = dice.roll(0..<2) == 0
                let isBought = dice.roll(0..<2) == 0
                try script.perform(
                    .checkedOut(
                        cartID: isCurrent ? generation : RecordID(generation.number + 1000),
                        orderID: "o",
                        isBought: isBought,
                        lines: [Self.line(sku, quantity + 1)]
                    )
                )
                if isCurrent, isBought, let there = model[sku] {
                    model[sku] = there > quantity + 1 ? there - quantity - 1 : nil
                }
            default:
                try script.perform(.setLine(Self.line(sku, quantity)))
                model[sku] = quantity > 0 ? quantity : nil
            }
            let lines = Dictionary(
                uniqueKeysWithValues: script.ledger.lines.map { ($0.sku, $0.quantity) }
            )
            #expect(lines == model)
            #expect(script.ledger.changes == Int64(script.events.count))
            snapshots.append((script.events.count, script.ledger.snapshot()))
        }
        for snapshot in snapshots {
            let topic = try TopicID(cartOf: "ada")
            var loaded = try #require(CartLedger(topic: topic, snapshot: snapshot.bytes))
            for (id, event) in script.events[snapshot.count...] {
                let read = try #require(CartEvent(type: event.type, payload: event.payload()))
                loaded.apply(read, id: id, author: "ada", at: Self.at)
            }
            #expect(loaded.snapshot() == script.ledger.snapshot())
        }
    }
}
