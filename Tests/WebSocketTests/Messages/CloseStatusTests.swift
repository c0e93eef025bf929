import Testing

@testable import WebSocket

@Suite("Closing")
struct CloseStatusTests {
    @Test(
        "Codes that may stand on the wire are taken",
        arguments: [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4499, 4500, 4999,
        ] as [UInt16]
    )
    func legal(code: UInt16) {
        let status = CloseStatus(CloseCode(rawValue: code), reason: "so")
        #expect(record(FrameEncoder.close(status)) == [.close(status)])
    }

    @Test(
        "Codes that must not stand on the wire are refused, and never sent",
        arguments: [
            0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
        ] as [UInt16]
    )
    func illegal(code: UInt16) {
        let payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
        #expect(record([0x88, 0x02] + payload) == [.violation(.protocolError)])
        #expect(FrameEncoder.close(CloseStatus(CloseCode(rawValue: code))) == [0x88, 0x00])
    }

    @Test("An empty close frame means no status")
    func empty() {
        #expect(record([0x88, 0x00]) == [.close(CloseStatus(.noStatusReceived))])
    }

    @Test("Half a code is refused")
    func oneByte() {
        #expect(record([0x88, 0x01, 0x03]) == [.violation(.protocolError)])
    }

    @Test("A reason that is not UTF-8 is refused, a cut one too")
    func reasonNotUTF8() {
        #expect(record([0x88, 0x03, 0x03, 0xE8, 0xFF]) == [.violation(.invalidPayload)])
        #expect(record([0x88, 0x04, 0x03, 0xE8, 0xE2, 0x82]) == [.violation(.invalidPayload)])
    }

    @Test("A long reason is cut between two characters, so that the frame stays legal")
    func longReason() {
        let status = CloseStatus(.policyViolation, reason: String(repeating: "€", count: 100))
        let expected = CloseStatus(.policyViolation, reason: String(repeating: "€", count: 41))
        let frame = FrameEncoder.close(status)
        #expect(frame.count == 2 + 2 + 123)
        #expect(record(frame) == [.close(expected)])
    }

    @Test("Nothing is taken in after a close frame")
    func nothingAfter() {
        let close = FrameEncoder.close(CloseStatus(.normalClosure))
        let status = CloseStatus(.normalClosure)
        #expect(record(close + FrameEncoder.text("late")) == [.close(status)])
        #expect(record([close, FrameEncoder.text("late"), [0xFF]]) == [.close(status)])
    }
}
