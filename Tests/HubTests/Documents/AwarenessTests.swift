import Hub
import Testing

/// If these fail, cursors of the dead stay, or those of the living vanish.
@Suite("Awareness")
struct AwarenessTests {
    private let one = ConnectionID(1)
    private let two = ConnectionID(2)
    private let start = Timestamp(milliseconds: 1_000_000)

    private func entry(_ client: UInt64, _ clock: UInt64, _ state: String?) -> AwarenessUpdate {
        AwarenessUpdate(
            entries: [.init(client: client, clock: clock, state: state.map { Array($0.utf8) })]
        )
    }

    @Test("The bytes are those of y-protocols, both ways")
    func bytes() throws {
        let bytes: [UInt8] = [
            1, 5, 1, 0x0A, 0x7B, 0x22, 0x6E, 0x22, 0x3A, 0x22, 0xC3, 0xA9, 0x22, 0x7D,
        ]
        let update = try AwarenessUpdate(bytes)
        #expect(update == entry(5, 1, #"{"n":"é"}"#))
        #expect(update.encoded() == bytes)
        #expect(entry(5, 1, nil).encoded() == [1, 5, 1, 4, 0x6E, 0x75, 0x6C, 0x6C])
    }

    @Test("What is cut short, too long or no JSON is refused")
    func hostile() {
        for bytes: [UInt8] in [
            [], [1], [1, 5], [1, 5, 1, 200], [1, 5, 1, 2, 0x7B, 0x22], [0, 0],
            [255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
            [1, 5, 1, 4, 0xFF, 0xFE, 0xFD, 0xFC],
        ] {
            #expect(throws: Rejection.self) { try AwarenessUpdate(bytes) }
        }
    }

    @Test("Only a higher clock, or the end at the same clock, is news")
    func clocks() throws {
        var awareness = Awareness()
        #expect(try awareness.take(entry(5, 3, "{}"), from: one, at: start).entries.count == 1)
        #expect(try awareness.take(entry(5, 3, "{}"), from: one, at: start).entries.isEmpty)
        #expect(try awareness.take(entry(5, 2, nil), from: one, at: start).entries.isEmpty)
        #expect(try awareness.take(entry(5, 3, nil), from: one, at: start).entries.count == 1)
        #expect(try awareness.take(entry(5, 3, "{}"), from: one, at: start).entries.isEmpty)
        #expect(try awareness.take(entry(5, 4, "{}"), from: one, at: start).entries.count == 1)
    }

    @Test("A connection's states end with it, with the same clocks, but not those that moved on")
    func leaving() throws {
        var awareness = Awareness()
        _ = try awareness.take(entry(5, 1, "{}"), from: one, at: start)
        _ = try awareness.take(entry(6, 1, "{}"), from: one, at: start)
        _ = try awareness.take(entry(6, 2, "{}"), from: two, at: start)
        #expect(awareness.leave(one, at: start) == entry(5, 1, nil))
        #expect(awareness.everything == entry(6, 2, "{}"))
    }

    @Test("A state that isn't renewed for 30 seconds ends, and its clock is forgotten later")
    func expiry() throws {
        var awareness = Awareness()
        _ = try awareness.take(entry(5, 1, "{}"), from: one, at: start)
        let soon = Timestamp(milliseconds: start.milliseconds + 29_999)
        #expect(awareness.expire(at: soon).entries.isEmpty)
        let late = Timestamp(milliseconds: start.milliseconds + 30_000)
        #expect(awareness.expire(at: late) == entry(5, 1, nil))
        #expect(!awareness.isEmpty)
        _ = awareness.expire(at: Timestamp(milliseconds: late.milliseconds + 300_000))
        #expect(awareness.isEmpty)
    }

    @Test("A connection speaks for a bounded number of clients")
    func caps() throws {
        var awareness = Awareness()
        for client in 0..<UInt64(Awareness.perConnectionMaximum) {
            _ = try awareness.take(entry(client, 1, "{}"), from: one, at: start)
        }
        #expect(throws: Rejection.self) {
            try awareness.take(entry(9_999, 1, "{}"), from: one, at: start)
        }
        _ = try awareness.take(entry(3, 2, nil), from: one, at: start)
        _ = try awareness.take(entry(9_999, 1, "{}"), from: one, at: start)
    }
}
