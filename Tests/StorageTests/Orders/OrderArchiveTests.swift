import Hub
import JournalContract
import Storage
import Testing

/// The table of orders answers what a plain reader of the log answers.
@Suite struct OrderArchiveTests {
    private static let users = ["ada", "bob", "cem"]

    /// Orders at random: what could come next is not checked, it is only written down.
    private struct Writer {
        var random: SeededGenerator
        var time: Int64 = 1_795_400_000_000
        let ids = RecordIDs()

        mutating func drafts(of order: Int64, _ seq: Int64) throws -> Draft {
            time += Int64.random(in: 1...4_000, using: &random)
            let at = Timestamp(milliseconds: time)
            return Draft(
                id: ids.next(at: at),
                author: "",
                at: at,
                key: nil,
                event: seq == 1 ? try placed(order) : event(order, seq)
            )
        }

        private func placed(_ order: Int64) throws -> OrderEvent {
            let line = try #require(
                OrderLine(sku: "tea", title: "Tea", quantity: order % 5 + 1, unitPrice: 450)
            )
            let euro = try #require(Currency("EUR"))
            let totals = try #require(OrderTotals(euro, of: [line]))
            let placement = OrderPlacement(
                user: users[Int(order) % users.count],
                cartID: RecordID(order),
                cartKey: nil,
                lines: [line],
                totals: totals,
                address: nil
            )
            return .placed(placement)
        }

        private mutating func event(_ order: Int64, _ seq: Int64) -> OrderEvent {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: return .paymentBegun(reference: "p", seq: seq)
            case 1: return .fellShort(missing: ["tea"], taken: [], seq: seq)
            case 2: return .settled(seq: seq)
            default:
                var change = OrderChange(
                    orderID: "o-\(order)",
                    status: OrderStatus.allCases.randomElement(using: &random) ?? .paid,
                    previous: .pending,
                    payment: PaymentStatus.allCases.randomElement(using: &random) ?? .paid,
                    fulfilment: .packed,
                    seq: seq
                )
                change.isSettling = Bool.random(using: &random)
                if Bool.random(using: &random) {
                    change.expiresAt = Timestamp(milliseconds: time + 5_000)
                }
                return .changed(change)
            }
        }
    }

    @Test("Lists and what is due are the model's, also made anew", arguments: [UInt64(3), 44, 555])
    func answers(seed: UInt64) async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let log = InMemoryJournal()
        let model = InMemoryOrderArchive(journal: log)
        var writer = Writer(random: SeededGenerator(seed: seed))
        var lengths: [Int64: Int64] = [:]
        for _ in 0..<120 {
            let order = Int64.random(in: 1...24, using: &writer.random)
            let topic = try TopicID(.order, "o-\(order)")
            // Several of one order in one transaction, too.
            var drafts: [Draft] = []
            for _ in 0..<Int.random(in: 1...3, using: &writer.random) {
                lengths[order, default: 0] += 1
                drafts.append(try writer.drafts(of: order, lengths[order, default: 0]))
            }
            _ = try await store.journal.append(drafts, to: topic, expecting: nil)
            _ = try await log.append(drafts, to: topic, expecting: nil)
        }
        try await compare(model, store, at: writer.time)
        try await store.rebuildProjections()
        try await compare(model, store, at: writer.time)
        await store.close()
    }

    private func compare(
        _ model: InMemoryOrderArchive,
        _ store: Store,
        at time: Int64
    ) async throws {
        let all = try await model.orders(OrderQuery(limit: .max))
        #expect(!all.isEmpty)
        for user in Self.users + [nil, "nobody"] {
            for status in OrderStatus.allCases.map(Optional.some) + [nil] {
                for before in [nil, all[all.count / 2].id] {
                    let query = OrderQuery(user: user, status: status, before: before, limit: 5)
                    let (left, right) = try await (model.orders(query), store.orders.orders(query))
                    #expect(left == right, "\(query)")
                }
            }
        }
        for later in [Int64(-60_000), 0, 20_000] {
            let at = Timestamp(milliseconds: time + later)
            let left = try await model.dueOrders(at: at, limit: 7)
            let right = try await store.orders.dueOrders(at: at, limit: 7)
            #expect(left == right)
        }
    }
}
