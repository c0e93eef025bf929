import Testing
import WebSocket

@Suite("Frames, written")
struct FrameEncoderTests {
    @Test("An unmasked hello is the RFC's")
    func unmaskedHello() {
        #expect(FrameEncoder.text("Hello") == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
    }

    @Test("A masked hello is the RFC's")
    func maskedHello() {
        let key = MaskingKey(0x3D21_FA37)
        let expected: [UInt8] = [
            0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58,
        ]
        #expect(FrameEncoder.text("Hello", mask: key) == expected)
    }

    @Test("Fragments and pings are the RFC's")
    func fragments() {
        let first = FrameEncoder.frame(.text, Array("Hel".utf8), isFinal: false)
        #expect(first == [0x01, 0x03, 0x48, 0x65, 0x6C])
        #expect(FrameEncoder.frame(.continuation, Array("lo".utf8)) == [0x80, 0x02, 0x6C, 0x6F])
        #expect(FrameEncoder.frame(.ping, Array("Hello".utf8)).prefix(2) == [0x89, 0x05])
        #expect(FrameEncoder.frame(.pong, []) == [0x8A, 0x00])
    }

    @Test(
        "Every length takes its shortest form, masked or not, and is written as the naive way does",
        arguments: [0, 1, 3, 4, 31, 32, 33, 125, 126, 127, 255, 256, 65_535, 65_536, 70_001]
    )
    func lengths(count: Int) {
        var random = SeededRandom(UInt64(count))
        let payload = random.bytes(count)
        #expect(FrameEncoder.frame(.binary, payload) == NaiveFrame(0x82, payload).bytes)
        let masked = FrameEncoder.frame(.binary, payload, mask: MaskingKey(0x0403_0201))
        #expect(masked == NaiveFrame(0x82, payload, key: [1, 2, 3, 4]).bytes)
    }

    @Test("Frames are appended one behind the other")
    func appending() {
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            FrameEncoder.append(.binary, [7, 8].span, mask: MaskingKey(0), to: &bytes)
        }
        #expect(bytes == [0x82, 0x82, 0, 0, 0, 0, 7, 8, 0x82, 0x82, 0, 0, 0, 0, 7, 8])
    }

    @Test("A compressed frame has RSV1 set")
    func compressed() {
        #expect(FrameEncoder.frame(.text, [0], isCompressed: true) == [0xC1, 0x01, 0x00])
    }

    @Test("A close frame carries code and reason; one without a status is empty")
    func close() {
        let bytes = FrameEncoder.close(CloseStatus(.goingAway, reason: "bye"))
        #expect(bytes == [0x88, 0x05, 0x03, 0xE9] + Array("bye".utf8))
        #expect(FrameEncoder.close(CloseStatus(.noStatusReceived)) == [0x88, 0x00])
    }
}
