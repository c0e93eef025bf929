import Hub
import Testing

@testable import Cluster

/// If these fail, members of dead nodes stay, or those of living ones flicker.
@Suite("Which nodes are counted on")
struct NeighbourhoodTests {
    private let start = ContinuousClock.now
    private let one = PeerID(1)
    private let two = PeerID(2)

    @Test("Only one answer says that a node's name is another's; one that is none throws")
    func renewals() throws {
        let texts = ["a", "1f", "http://a"].map { RedisValue.bytes(Array($0.utf8)) }
        let told = try NodeRegistry.renewal(.array([.integer(1023), .integer(5)] + texts))
        #expect(told?.number == 1023)
        #expect(told?.time == 5)
        #expect(told?.nodes == ["a", "1f", "http://a"])
        let usurped = try NodeRegistry.renewal(.array([.integer(-1)]))
        #expect(usurped?.number == nil)
        let strange: [RedisValue] = [
            .null, .status("OK"), .integer(-1), .array([]), .array([.integer(7)]),
            .array([.integer(-2), .integer(5)]), .array([.integer(1024), .integer(5)]),
            .array([.integer(7), .integer(-1)]), .array([.integer(7), .integer(.max)]),
        ]
        for answer in strange {
            #expect(throws: RedisError.self) { _ = try NodeRegistry.renewal(answer) }
        }
    }

    @Test("A node that the registry knows no longer is given a moment, and then gone once")
    func patience() {
        var nodes = Neighbourhood(patience: .seconds(3))
        #expect(nodes.learn([one: "a", two: "b"], at: start).isEmpty)
        #expect(nodes.alive == [one, two])
        #expect(nodes.learn([two: "b"], at: start + .seconds(1)).isEmpty)
        #expect(nodes.alive == [two])
        #expect(nodes.learn([two: "b"], at: start + .seconds(3)).isEmpty)
        #expect(nodes.learn([two: "b"], at: start + .seconds(4)) == [one])
        #expect(nodes.learn([two: "b"], at: start + .seconds(9)).isEmpty)
    }

    @Test("One that is back in time has never been away")
    func back() {
        var nodes = Neighbourhood(patience: .seconds(3))
        _ = nodes.learn([one: "a"], at: start)
        _ = nodes.learn([:], at: start + .seconds(1))
        #expect(nodes.learn([one: "a"], at: start + .seconds(3)).isEmpty)
        #expect(nodes.learn([:], at: start + .seconds(5)).isEmpty)
        #expect(nodes.learn([:], at: start + .seconds(7)).isEmpty)
    }

    @Test("While the registry can't know, nobody is missed")
    func registryIsAway() {
        var nodes = Neighbourhood(patience: .seconds(3))
        _ = nodes.learn([one: "a"], at: start)
        nodes.hear(two, at: start)
        #expect(nodes.learn([one: "a"], asOf: nil, at: start + .seconds(20)).isEmpty)
        #expect(nodes.learn([one: "a"], at: start + .seconds(22)).isEmpty)
        #expect(nodes.learn([one: "a"], at: start + .seconds(23)) == [two])
        #expect(nodes.alive == [one])
    }

    @Test("Who was heard of after the registry's last answer is not missed by it")
    func newcomer() {
        var nodes = Neighbourhood(patience: .seconds(3))
        _ = nodes.learn([one: "a"], at: start)
        nodes.hear(two, at: start + .milliseconds(100))
        // Redis goes, and what it said last is not yet too old.
        #expect(nodes.learn([one: "a"], asOf: start, at: start + .seconds(4)).isEmpty)
        #expect(nodes.learn([one: "a"], asOf: nil, at: start + .seconds(5)).isEmpty)
        #expect(nodes.learn([one: "a", two: "b"], at: start + .seconds(20)).isEmpty)
        #expect(nodes.alive == [one, two])
    }

    @Test("Whose name another process has is gone at once")
    func replaced() {
        var nodes = Neighbourhood(patience: .seconds(3))
        _ = nodes.learn([one: "a"], at: start)
        #expect(nodes.learn([two: "a"], at: start + .seconds(1)) == [one])
    }

    @Test("One that is heard of before the registry knows it is gone if it never does")
    func stranger() {
        var nodes = Neighbourhood(patience: .seconds(3))
        nodes.hear(one, at: start)
        #expect(nodes.alive.isEmpty)
        #expect(nodes.learn([:], at: start + .seconds(2)).isEmpty)
        #expect(nodes.learn([:], at: start + .seconds(3)) == [one])
        nodes.hear(two, at: start)
        #expect(nodes.learn([two: "b"], at: start + .seconds(1)).isEmpty)
        #expect(nodes.alive == [two])
    }
}

extension Neighbourhood {
    /// What the registry has just said.
    fileprivate mutating func learn(
        _ nodes: [PeerID: String],
        at now: ContinuousClock.Instant
    ) -> [PeerID] {
        learn(nodes, asOf: now, at: now)
    }
}
