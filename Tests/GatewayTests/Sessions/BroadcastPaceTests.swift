import Reactor
import Testing

@testable import Gateway
@testable import Hub

/// If these fail, a wide room takes a loop for itself, or its members hear late or in disorder.
@Suite("The pace of broadcasts to many")
struct BroadcastPaceTests {
    private static func emission(
        _ offset: Offset,
        bytes: Int = 10,
        _ content: Emission.Content? = nil
    ) throws -> Emission {
        Emission(
            topic: try TopicID("room:wide"),
            content: content ?? .records(offset...offset),
            origin: nil,
            frames: [0: [UInt8](repeating: 0, count: bytes)]
        )
    }

    private static func at(_ milliseconds: Int64) -> LoopInstant {
        LoopInstant(nanoseconds: milliseconds * 1_000_000)
    }

    @Test(
        "The pause is as long as the telling took, within bounds",
        arguments: [(19, 0), (20, 40), (70, 140), (100, 200), (300, 400)]
    )
    func pause(milliseconds: Int64, next: Int64) throws {
        var pace = BroadcastPace()
        #expect(pace.isOpen(at: Self.at(1_000)))
        pace.noteTold(at: Self.at(1_000), taking: .milliseconds(milliseconds))
        #expect(pace.isOpen(at: Self.at(1_000)), "the same system calls take it along")
        #expect(pace.isOpen(at: Self.at(1_001)) == (next == 0))
        if next > 0 { #expect(!pace.isOpen(at: Self.at(1_000 + next - 1))) }
        #expect(pace.isOpen(at: Self.at(1_000 + next)))
        let left = try pace.hold(Self.emission(1), at: Self.at(1_001))
        #expect(left == .milliseconds(next - 1))
    }

    @Test("What is held comes in order, and nothing overtakes it")
    func order() throws {
        var pace = BroadcastPace()
        pace.noteTold(at: Self.at(0), taking: .milliseconds(50))
        for offset in Offset(1)...5 {
            #expect(
                try pace.hold(Self.emission(offset, bytes: Int(offset)), at: Self.at(10))
                    == .milliseconds(90)
            )
        }
        #expect(!pace.isOpen(at: Self.at(500)))
        let marks = pace.release().map { ($0.frames[0] as? [UInt8])?.count }
        #expect(marks == [1, 2, 3, 4, 5])
        #expect(pace.isOpen(at: Self.at(500)))
        #expect(pace.release().isEmpty)
    }

    @Test("What a member would get at once stays below what makes it lag")
    func bound() throws {
        var pace = BroadcastPace()
        pace.noteTold(at: Self.at(0), taking: .milliseconds(50))
        let half = BroadcastPace.heldBytesMaximum / 2
        #expect(try pace.hold(Self.emission(1, bytes: half), at: Self.at(1)) != nil)
        #expect(try pace.hold(Self.emission(2, bytes: half), at: Self.at(1)) != nil)
        #expect(try pace.hold(Self.emission(3, bytes: 1), at: Self.at(1)) == nil)
        #expect(pace.release().count == 3)
        #expect(try pace.hold(Self.emission(4, bytes: half), at: Self.at(1)) != nil)
    }

    @Test("A log that becomes another waits for nothing")
    func anotherLog() throws {
        var pace = BroadcastPace()
        pace.noteTold(at: Self.at(0), taking: .milliseconds(50))
        #expect(try pace.hold(Self.emission(7), at: Self.at(1)) != nil)
        let turn = Emission.Content.turn(Position(epoch: Epoch(2), offset: 3), former: [:])
        #expect(try pace.hold(Self.emission(0, turn), at: Self.at(1)) == nil)
        #expect(pace.release().count == 2)
    }
}
