import Testing

@testable import WebSocket

@Suite("Messages, read")
struct MessageReaderTests {
    @Test("The RFC's hello reads masked, unmasked and fragmented")
    func hello() {
        #expect(record([0x81, 0x05] + Array("Hello".utf8)) == [.text("Hello")])
        let masked: [UInt8] = [
            0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58,
        ]
        #expect(record(masked, by: .server) == [.text("Hello")])
        let fragmented: [UInt8] = [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F]
        #expect(record(fragmented) == [.text("Hello")])
    }

    @Test("The RFC's binary messages of 256 bytes and 64 KiB read")
    func long() {
        let short = [UInt8](repeating: 7, count: 256)
        #expect(record([0x82, 0x7E, 0x01, 0x00] + short) == [.binary(short)])
        let long = [UInt8](repeating: 9, count: 65_536)
        let header: [UInt8] = [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0]
        #expect(record(header + long) == [.binary(long)])
    }

    /// All kinds of events in one stream, with a ping in the middle of a fragmented message.
    private static let stream: (bytes: [UInt8], events: [RecordedEvent]) = {
        let key: [UInt8] = [0xA1, 0xB2, 0xC3, 0xD4]
        let long = SeededRandom(5).withBytes(300)
        let frames = [
            NaiveFrame(0x81, Array("Grüße, 世界 🐦".utf8), key: key),
            NaiveFrame(0x01, Array("Zerleg".utf8) + [0xE2], key: key),
            NaiveFrame(0x89, Array("noch da?".utf8), key: key),
            NaiveFrame(0x00, [], key: key),
            NaiveFrame(0x8A, [], key: key),
            NaiveFrame(0x80, [0x82, 0xAC], key: [0, 0, 0, 0]),
            NaiveFrame(0x82, [], key: key),
            NaiveFrame(0x82, long, key: key),
            NaiveFrame(0x02, [], key: key),
            NaiveFrame(0x80, [], key: key),
            NaiveFrame(0x88, [0x0F, 0xA0] + Array("bis später".utf8), key: key),
        ]
        return (
            frames.flatMap(\.bytes),
            [
                .text("Grüße, 世界 🐦"), .ping(Array("noch da?".utf8)), .pong([]),
                .text("Zerleg€"), .binary([]), .binary(long), .binary([]),
                .close(CloseStatus(CloseCode(rawValue: 4000), reason: "bis später")),
            ]
        )
    }()

    @Test("A stream reads the same wherever it is cut in two")
    func everyCut() {
        let (bytes, events) = Self.stream
        for cut in 0...bytes.count {
            let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
            #expect(record(pieces, by: .server) == events, "cut at \(cut)")
        }
    }

    @Test("A stream reads the same in pieces of any size", arguments: [1, 2, 3, 7, 13, 64])
    func everySize(size: Int) {
        let (bytes, events) = Self.stream
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
        #expect(record(pieces, by: .server) == events)
    }

    @Test("A part of a buffer is read, and nothing outside of it is touched")
    func range() throws {
        let frame = FrameEncoder.text("abc", mask: MaskingKey(0x0101_0101))
        var buffer = [0xEE] + frame + [0xEE]
        var reader = MessageReader(for: .server, messageBytesMaximum: 100)
        var events: [RecordedEvent] = []
        try reader.receive(&buffer, in: 1..<1 + frame.count) { events.append(RecordedEvent($0)) }
        #expect(events == [.text("abc")])
        #expect(buffer.first == 0xEE && buffer.last == 0xEE)
        #expect(Array(buffer.suffix(4).prefix(3)) == Array("abc".utf8), "Unmasked in place")
    }

    @Test("What the application refuses ends the reader, with the application's code")
    func refusedByTheApplication() {
        var reader = MessageReader(for: .client, messageBytesMaximum: 100)
        var bytes = FrameEncoder.frame(.binary, [1]) + FrameEncoder.text("behind")
        var count = 0
        do throws(Violation) {
            try reader.receive(&bytes) { (_) throws(Violation) in
                count += 1
                throw Violation(.unsupportedData, "Text only")
            }
            Issue.record("Nothing was thrown")
        } catch {
            #expect(error.code == .unsupportedData)
        }
        #expect(count == 1)
        let isClosed = reader.isClosed
        #expect(isClosed)
    }

    @Test("A reader that this side has closed takes nothing in")
    func closedHere() throws {
        var reader = MessageReader(for: .client, messageBytesMaximum: 100)
        reader.close()
        var bytes = FrameEncoder.text("late")
        try reader.receive(&bytes) { _ in Issue.record("An event came") }
    }

    @Test("An idle reader weighs no more than 100 bytes")
    func weight() {
        #expect(MemoryLayout<MessageReader>.size <= 100)
    }
}

extension SeededRandom {
    fileprivate func withBytes(_ count: Int) -> [UInt8] {
        var copy = self
        return copy.bytes(count)
    }
}
