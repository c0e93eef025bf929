import Hub
import Testing

@testable import Cluster

/// If these fail, nodes misunderstand each other, or one that speaks nonsense stops the others.
@Suite("What nodes tell each other, as bytes")
struct BusMessageTests {
    private func bytes(_ message: PeerMessage, of topic: String = "room:g") -> [UInt8] {
        var writer = BusMessage.begin(PeerID(0xABCD))
        writer.write(topic)
        message.write(to: &writer)
        return writer.bytes
    }

    private var samples: [PeerMessage] {
        let lapse = Ephemeral.Lapse(key: "typing:ada", after: .seconds(5), payload: [7, 8])
        func ephemeral(_ change: Ephemeral.Change, binary: [UInt8]? = nil) -> Ephemeral {
            Ephemeral(
                event: "typing",
                author: "ada",
                at: Timestamp(milliseconds: 1_795_400_000_000),
                payload: Array("{}".utf8),
                binary: binary,
                change: change,
                stateKey: binary == nil ? nil : "key",
                isForSender: binary != nil
            )
        }
        let update = AwarenessUpdate(entries: [
            .init(client: 5, clock: 1, state: Array("{}".utf8)),
            .init(client: 6, clock: 2, state: nil),
        ])
        return [
            .shown(ephemeral(.none)), .shown(ephemeral(.begins(lapse))),
            .shown(ephemeral(.ends(key: "typing:ada"))), .shown(ephemeral(.none, binary: [])),
            .awareness(update, author: "ada"),
            .presence(PresenceShare(previous: nil, revision: 1 << 60, users: ["ada": 3, "b": 0])),
            .presence(PresenceShare(previous: 8, revision: 9, users: ["ada": 3, "b": nil])),
            .presence(.nobody), .pulse(revision: .max), .question,
        ]
    }

    @Test("Each message is read as it was written")
    func bothWays() throws {
        for sample in samples {
            let written = bytes(sample)
            let message = try #require(BusMessage.decode(written))
            #expect(message.peer == PeerID(0xABCD))
            #expect(message.entries.count == 1)
            let entry = try #require(message.entries.first)
            #expect(entry.topic.text == "room:g")
            // The order of users is that of a table.
            if case .presence(let share) = sample, case .presence(let read) = entry.message {
                #expect(read == share)
            } else {
                #expect(bytes(entry.message) == written)
            }
        }
    }

    @Test("What is cut short anywhere is no message")
    func cut() {
        for sample in samples {
            let written = bytes(sample)
            let head = BusMessage.begin(PeerID(0xABCD)).bytes.count
            for length in 0..<written.count where length != head {
                #expect(BusMessage.decode(Array(written.prefix(length))) == nil)
            }
        }
    }

    @Test("Lengths that lie are found out before they are believed")
    func lies() {
        var writer = BusMessage.begin(PeerID(1))
        writer.write("room:g")
        writer.write(UInt8(2))
        writer.write(UInt64(1))
        writer.write(UInt64.max)
        #expect(BusMessage.decode(writer.bytes) == nil)
        #expect(BusMessage.decode([9, 1]) == nil)
        var foreign = BusMessage.begin(PeerID(1))
        foreign.write("no topic")
        foreign.write(UInt8(5))
        #expect(BusMessage.decode(foreign.bytes) == nil)
    }

    @Test("Seeded noise is read or refused, and never traps")
    func noise() {
        var state: UInt64 = 42
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        for sample in samples {
            for _ in 0..<2000 {
                var bytes = bytes(sample)
                for _ in 0...next() % 3 {
                    bytes[Int(next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: next())
                }
                _ = BusMessage.decode(bytes)
            }
        }
    }
}
