import Hub
import Synchronization
import Testing

@testable import Martlet

@Suite("The seed")
struct SeedingTests {
    /// Takes every command, and answers one that it knows by its key as the first time.
    private final class RememberingPerformer: Performer {
        struct Seen: Sendable {
            var asks: [Ask] = []
            var replies: [String: JSON] = [:]
        }

        let seen = Mutex(Seen())

        func perform(_ ask: Ask) async throws(Rejection) -> JSON {
            seen.withLock { seen in
                let key = "\(ask.topic?.text ?? "") \(ask.principal.user) \(ask.key ?? "")"
                if let reply = seen.replies[key] { return reply }
                seen.asks.append(ask)
                let reply: JSON = ["messageId": .string("m-\(seen.asks.count)")]
                seen.replies[key] = reply
                return reply
            }
        }
    }

    @Test("Played twice, it asks for nothing that it has not asked for the first time")
    func idempotent() async throws {
        let performer = RememberingPerformer()
        let first = try await Seeding(performer).play()
        let count = performer.seen.withLock { $0.asks.count }
        let second = try await Seeding(performer).play()
        #expect(first == second)
        #expect(performer.seen.withLock { $0.asks.count } == count)
        #expect(first.rooms == SeedScript.rooms.count)
        #expect(count > first.messages)
    }

    @Test("Answers name a message of the same room that is no answer itself")
    func script() {
        for room in SeedScript.rooms {
            for (number, line) in room.lines.enumerated() {
                #expect(room.members.contains(line.author), "\(room.name) \(number)")
                for (_, users) in line.reactions {
                    #expect(users.allSatisfy(room.members.contains), "\(room.name) \(number)")
                }
                guard let answered = line.answers else { continue }
                #expect(answered < number)
                #expect(room.lines[answered].answers == nil)
            }
        }
    }

    @Test("The shop's part, played twice, asks for nothing more, and asks for what an item takes")
    func shop() async throws {
        let performer = RememberingPerformer()
        let skus = try await ShopSeeding(performer).play()
        let count = performer.seen.withLock { $0.asks.count }
        #expect(try await ShopSeeding(performer).play() == skus)
        #expect(performer.seen.withLock { $0.asks.count } == count)
        #expect(Set(skus).count == skus.count)
        #expect(skus.count >= 40)
        for ask in performer.seen.withLock({ $0.asks }) {
            if ask.topic?.kind == .product {
                _ = try ProductCommand(ask.action, ask.fields)
            } else {
                _ = try StockCommand(ask.action, ask.fields)
            }
        }
    }
}
