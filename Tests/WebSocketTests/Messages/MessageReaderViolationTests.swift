import Testing

@testable import WebSocket

@Suite("Messages, refused")
struct MessageReaderViolationTests {
    private func text(_ text: String, first: UInt8) -> [UInt8] {
        NaiveFrame(first, Array(text.utf8)).bytes
    }

    @Test("A continuation needs a message to continue")
    func continuationOfNothing() {
        #expect(record(text("a", first: 0x80)) == [.violation(.protocolError)])
        #expect(record(text("a", first: 0x00)) == [.violation(.protocolError)])
        let bytes = text("a", first: 0x81) + text("b", first: 0x80)
        #expect(record(bytes) == [.text("a"), .violation(.protocolError)])
    }

    @Test("A fragmented message may not be interrupted by another", arguments: [0x81, 0x82, 0x01])
    func interrupted(first: UInt8) {
        let bytes = text("a", first: 0x01) + text("b", first: first)
        #expect(record(bytes) == [.violation(.protocolError)])
    }

    @Test("RSV1 is refused where no extension was agreed")
    func compressedWithoutAgreement() {
        #expect(record(text("a", first: 0xC1)) == [.violation(.protocolError)])
    }

    @Test("Nothing is taken in after a violation, and it is said once")
    func nothingAfter() {
        let pieces = [[0x83, 0x00], text("late", first: 0x81), [0x83, 0x00]]
        #expect(record(pieces) == [.violation(.protocolError)])
    }

    @Test("Events before a violation, in the same bytes, still come")
    func eventsBefore() {
        let bytes = text("good", first: 0x81) + text("ping", first: 0x89) + [0x8B]
        let expected: [RecordedEvent] = [
            .text("good"), .ping(Array("ping".utf8)), .violation(.protocolError),
        ]
        #expect(record(bytes) == expected)
    }

    @Test("A message over the cap is refused by its header alone")
    func tooBigByHeader() {
        let header: [UInt8] = [0x82, 0x7F, 0x7F] + [UInt8](repeating: 0xFF, count: 7)
        #expect(record([header], messageBytesMaximum: 1000) == [.violation(.messageTooBig)])
        let justOver = NaiveFrame(0x82, [UInt8](repeating: 0, count: 1001)).bytes.prefix(4)
        let over = record([Array(justOver)], messageBytesMaximum: 1000)
        #expect(over == [.violation(.messageTooBig)])
    }

    @Test("Fragments are summed up against the cap, and a message of just that size passes")
    func tooBigInSum() {
        let half = [UInt8](repeating: 1, count: 500)
        let first = NaiveFrame(0x02, half).bytes
        let whole = record([first, NaiveFrame(0x80, half).bytes], messageBytesMaximum: 1000)
        #expect(whole == [.binary(half + half)])
        let over = record([first, NaiveFrame(0x80, half + [1]).bytes], messageBytesMaximum: 1000)
        #expect(over == [.violation(.messageTooBig)])
    }

    @Test("A control frame in pieces within a message is not counted against the cap")
    func controlBesideTheCap() {
        let half = [UInt8](repeating: 1, count: 50)
        let ping = [UInt8](repeating: 2, count: 100)
        let bytes =
            NaiveFrame(0x02, half).bytes + NaiveFrame(0x89, ping).bytes
            + NaiveFrame(0x80, half).bytes
        let events = record(bytes.map { [$0] }, messageBytesMaximum: 100)
        #expect(events == [.ping(ping), .binary(half + half)])
    }

    @Test("Text that is not UTF-8 is refused")
    func notUTF8() {
        let bytes = NaiveFrame(0x81, [0x48, 0xC0, 0x80]).bytes
        #expect(record(bytes) == [.violation(.invalidPayload)])
    }

    @Test("Text that ends within a character is refused, in one frame and in two")
    func cutCharacter() {
        #expect(record(NaiveFrame(0x81, [0xE2, 0x82]).bytes) == [.violation(.invalidPayload)])
        let two = NaiveFrame(0x01, [0xE2]).bytes + NaiveFrame(0x80, [0x82]).bytes
        #expect(record(two) == [.violation(.invalidPayload)])
    }

    @Test("Wrong UTF-8 is refused in the middle of a frame, before its end has come")
    func failsFast() {
        let frame = NaiveFrame(0x81, Array("ok ".utf8) + [0xF4, 0x90, 0x80, 0x80] + [0x61]).bytes
        for end in 0..<frame.count {
            let events = record([Array(frame[..<end])])
            // Two bytes of header, three good ones, F4, and 90 is the first that can't be.
            #expect(events == (end < 7 ? [] : [.violation(.invalidPayload)]))
        }
    }

    @Test("Binary messages may hold anything")
    func binary() {
        let bytes: [UInt8] = [0xFF, 0xC0, 0x80]
        #expect(record(NaiveFrame(0x82, bytes).bytes) == [.binary(bytes)])
    }
}
