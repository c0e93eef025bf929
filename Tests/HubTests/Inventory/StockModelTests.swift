import Testing

@testable import Hub

/// If these fail, pieces are sold that are not there, or are lost.
@Suite("Stock beside a slow model of it")
struct StockModelTests {
    private static let sequences = 2_000
    private static let steps = 50
    private static let start: Int64 = 1_795_400_000_000

    /// One sequence's state: the ledger, one that is restored at every record, and the model.
    private struct Play {
        var dice: Dice
        var model = SlowStock()
        var ledger: StockLedger
        var restored: StockLedger
        var records: [(event: StockEvent, id: RecordID, at: Timestamp)] = []
        var ids: [RecordID] = []
        var time = StockModelTests.start
        var lastID: Int64 = 1000

        init(seed: UInt64) throws {
            dice = Dice(seed: seed)
            ledger = StockLedger(topic: try TopicID("item:sku.1"))
            restored = ledger
        }
    }

    @Test("In thousands of random sequences ledger and model say the same, and nothing gets lost")
    func random() throws {
        for seed in 0..<UInt64(Self.sequences) {
            var play = try Play(seed: seed)
            for step in 0..<Self.steps {
                try Self.step(&play, "seed \(seed), step \(step)")
            }
            try Self.replay(play, "seed \(seed)")
        }
    }

    private static func step(_ play: inout Play, _ place: String) throws {
        // Now and then the system's clock goes back.
        play.time += Int64(play.dice.roll(0..<10) == 0 ? -2_000 : play.dice.roll(0..<2_500))
        let isStaff = play.dice.roll(0..<3) == 0
        let user = "user-\(play.dice.roll(0..<4))"
        let command = command(&play, isStaff)
        play.lastID += 1
        let id = RecordID(play.lastID)
        let at = Timestamp(milliseconds: play.time)
        let principal = Principal(
            user: user,
            isGuest: false,
            grants: isStaff ? .staff : .everything
        )
        let request = Request(principal: principal, at: at) { id }
        let expected = play.model.take(command, by: user, isStaff: isStaff, at: play.time, id: id)
        let outcome = Result { () throws(Rejection) in try play.ledger.decide(command, request) }
        switch outcome {
        case .failure(let rejection):
            #expect(rejection.code == expected, "\(place): \(command)")
        case .success(let decision):
            #expect(expected == nil, "\(place): \(command)")
            for entry in decision.events {
                try apply(entry.event, entry.id, at, principal, &play, place)
            }
        }
        compare(play, at, place)
    }

    private static func apply(
        _ event: StockEvent,
        _ id: RecordID,
        _ at: Timestamp,
        _ principal: Principal,
        _ play: inout Play,
        _ place: String
    ) throws {
        play.model.clock = max(play.model.clock, at.milliseconds)
        play.ledger.apply(event, id: id, author: principal.user, at: at)
        if case .reserved(let hold) = event.change { play.ids.append(hold.id) }
        #expect(play.ledger.level == event.level, "\(place): the record says what is behind it")
        let read = try #require(StockEvent(type: event.type, payload: event.payload()), "\(place)")
        #expect(read.change == event.change && read.level == event.level, "\(place)")
        #expect(read.lapsed == event.lapsed, "\(place)")
        let topic = try TopicID("item:sku.1")
        var restored = try #require(
            StockLedger(topic: topic, snapshot: play.restored.snapshot()),
            "\(place)"
        )
        restored.apply(read, id: id, author: principal.user, at: at)
        #expect(restored.snapshot() == play.ledger.snapshot(), "\(place): after a snapshot")
        play.restored = restored
        play.records.append((read, id, at))
    }

    private static func compare(_ play: Play, _ at: Timestamp, _ place: String) {
        let (ledger, model) = (play.ledger, play.model)
        let level = ledger.level(at: at)
        #expect(level.onHand == model.onHand, "\(place)")
        #expect(level.reserved == model.reserved(at: at.milliseconds), "\(place)")
        #expect(model.received + model.adjusted == level.onHand + model.sold, "\(place)")
        #expect(ledger.level.reserved <= ledger.level.onHand, "\(place)")
        #expect(level.available >= 0, "\(place)")
        let now = max(at.milliseconds, model.clock)
        let ends = model.holds.filter { model.isActive($0, at: now) }.map(\.end)
        #expect(level.nextExpiry?.milliseconds == ends.min(), "\(place)")
    }

    /// The state follows from the records and their times alone.
    private static func replay(_ play: Play, _ place: String) throws {
        var ledger = StockLedger(topic: try TopicID("item:sku.1"))
        for record in play.records {
            ledger.apply(record.event, id: record.id, author: "", at: record.at)
        }
        #expect(ledger.snapshot() == play.ledger.snapshot(), "\(place): from the beginning")
    }

    private static func command(_ play: inout Play, _ isStaff: Bool) -> StockCommand {
        let quantity = Int64(play.dice.roll(1..<8))
        let ttl = Int64(play.dice.roll(1..<12))
        let named = isStaff && play.dice.roll(0..<2) == 0 ? "o-\(play.dice.roll(0..<3))" : nil
        switch play.dice.roll(0..<12) {
        case 0: return .receive(quantity: quantity, reference: nil)
        case 1: return .adjust(delta: Int64(play.dice.roll(-5..<6)), reason: "count")
        case 2...6: return .reserve(quantity: quantity, ttl: ttl, holder: named)
        case 7: return .extend(hold(&play), ttl: ttl)
        case 8, 9: return .commit(hold(&play), order: nil)
        case 10: return .release(hold(&play), reason: nil)
        default: return .expire
        }
    }

    /// One that there was, mostly.
    private static func hold(_ play: inout Play) -> RecordID {
        guard !play.ids.isEmpty, play.dice.roll(0..<20) != 0 else { return RecordID(7) }
        return play.ids[play.dice.roll(0..<play.ids.count)]
    }
}
