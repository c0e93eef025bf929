import Hub
import Testing

@testable import Cluster

/// If these fail, a storm fills the memory, or who came and went is forgotten in it.
@Suite("What waits for the bus")
struct BusQueueTests {
    private func topic(_ text: String = "room:g") throws -> TopicID { try TopicID(text) }

    private func typing(_ user: String, ends: Bool = false) -> PeerMessage {
        let lapse = Ephemeral.Lapse(key: "typing:" + user, after: .seconds(5), payload: [])
        return .shown(
            Ephemeral(
                event: "typing",
                author: user,
                at: Timestamp(milliseconds: 0),
                payload: [UInt8](repeating: 32, count: 100),
                change: ends ? .ends(key: "typing:" + user) : .begins(lapse)
            )
        )
    }

    private func all(_ queue: inout BusQueue) -> [BusQueue.Entry] {
        queue.take().values.flatMap { $0 }
    }

    @Test("Of what is told anew the newest is kept")
    func conflates() throws {
        var queue = BusQueue(bytesMaximum: 1 << 20)
        for _ in 0..<100 { queue.add(typing("ada"), of: try topic()) }
        queue.add(typing("bob"), of: try topic())
        queue.add(typing("ada", ends: true), of: try topic())
        for _ in 0..<9 { queue.add(.question, of: try topic()) }
        let entries = all(&queue)
        #expect(entries.count == 3)
        guard case .shown(let first) = entries[0].message, case .ends = first.change else {
            Issue.record("The newest is not in the place of the first.")
            return
        }
        #expect(queue.isEmpty)
    }

    @Test("Shares that follow on each other become one; with a gap the later one stays")
    func shares() throws {
        var queue = BusQueue(bytesMaximum: 1 << 20)
        func add(_ previous: UInt64?, _ revision: UInt64, _ users: [String: Int?]) throws {
            let share = PresenceShare(previous: previous, revision: revision, users: users)
            queue.add(.presence(share), of: try topic())
        }
        try add(4, 5, ["ada": 1, "bob": 1])
        try add(5, 6, ["ada": nil, "eve": 2])
        guard case .presence(let merged) = try #require(all(&queue).first).message else { return }
        let users: [String: Int?] = ["ada": nil, "bob": 1, "eve": 2]
        #expect(merged == PresenceShare(previous: 4, revision: 6, users: users))
        try add(nil, 5, ["ada": 1, "bob": 1])
        try add(5, 6, ["ada": nil])
        guard case .presence(let whole) = try #require(all(&queue).first).message else { return }
        #expect(whole == PresenceShare(previous: nil, revision: 6, users: ["bob": 1]))
        try add(4, 5, ["ada": 1])
        try add(8, 9, ["bob": 1])
        guard case .presence(let later) = try #require(all(&queue).first).message else { return }
        #expect(later == PresenceShare(previous: 8, revision: 9, users: ["bob": 1]))
    }

    @Test("Past the bound ephemeral events are dropped and counted, and members are not")
    func bound() throws {
        var queue = BusQueue(bytesMaximum: 1000)
        for number in 0..<50 { queue.add(typing("u\(number)"), of: try topic()) }
        #expect(queue.dropped > 30)
        let dropped = queue.dropped
        let share = PresenceShare(previous: nil, revision: 1, users: ["ada": 1])
        queue.add(.presence(share), of: try topic())
        let ended = AwarenessUpdate(entries: [
            .init(client: 1, clock: 1, state: [1]), .init(client: 2, clock: 1, state: nil),
        ])
        queue.add(.awareness(ended, author: "ada"), of: try topic("doc:d"))
        #expect(queue.dropped == dropped)
        let entries = all(&queue)
        #expect(entries.contains { if case .presence = $0.message { true } else { false } })
        let awareness = entries.compactMap { entry -> AwarenessUpdate? in
            if case .awareness(let update, _) = entry.message { update } else { nil }
        }
        #expect(awareness.first?.entries.map(\.client) == [2])
        // Room again.
        queue.add(typing("ada"), of: try topic())
        #expect(queue.dropped == dropped)
    }

    @Test("What could not be published goes before what has come since")
    func putBack() throws {
        var queue = BusQueue(bytesMaximum: 1 << 20)
        let first = PresenceShare(previous: nil, revision: 1, users: ["ada": 1])
        queue.add(.presence(first), of: try topic())
        queue.add(typing("ada"), of: try topic())
        let taken = all(&queue)
        let second = PresenceShare(previous: 1, revision: 2, users: ["bob": 1])
        queue.add(.presence(second), of: try topic())
        queue.putBack(taken)
        let entries = all(&queue)
        #expect(queue.dropped == 1)
        #expect(entries.count == 1)
        guard case .presence(let share) = try #require(entries.first).message else { return }
        #expect(share.previous == nil && share.revision == 2)
        #expect(share.users == ["ada": 1, "bob": 1])
    }

    @Test("A client's later state takes the place of the former, in one update")
    func awareness() throws {
        var queue = BusQueue(bytesMaximum: 1 << 20)
        for clock in 1...9 {
            let update = AwarenessUpdate(entries: [
                .init(client: 5, clock: UInt64(clock), state: [UInt8(clock)])
            ])
            queue.add(.awareness(update, author: "ada"), of: try topic("doc:d"))
        }
        let entries = all(&queue)
        guard case .awareness(let update, _) = try #require(entries.first).message else { return }
        #expect(entries.count == 1)
        #expect(update.entries == [.init(client: 5, clock: 9, state: [9])])
    }
}
