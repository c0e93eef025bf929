import Testing
import WebSocket

@Suite("Frames, written")
struct FrameEncoderTests {
    @Test("An unmasked hello is the RFC's")
    func unmaskedHello() {
        #expect(FrameEncoder.text("Hello") == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
    }
}
