import Testing

@testable import WebSocket

@Suite("Messages, and the memory they take")
struct MessageReaderMemoryTests {
    @Test("A frame that announces much and sends little takes little memory")
    func announcedLength() throws {
        var reader = MessageReader(for: .client, messageBytesMaximum: 1 << 40)
        var bytes: [UInt8] = [0x82, 0x7F, 0, 0, 0, 0xFF, 0, 0, 0, 0] + [1, 2, 3]
        try reader.receive(&bytes) { _ in Issue.record("An event came") }
        let capacity = reader.bufferCapacity
        #expect(capacity < 1_000)
    }

    @Test("Between messages a reader owns no buffer and no zlib state", arguments: [1, 3, 1_000])
    func idle(size: Int) throws {
        var deflater = Deflater()
        let payload = [UInt8](repeating: 7, count: 500)
        let compressed = deflater.compressed(payload)
        let stream =
            NaiveFrame(0x02, payload).bytes + NaiveFrame(0x89, [1, 2, 3]).bytes
            + NaiveFrame(0x80, payload).bytes
            + FrameEncoder.frame(.binary, compressed, isCompressed: true)
            + NaiveFrame(0x89, [4, 5, 6]).bytes
        var reader = MessageReader(
            for: .client,
            messageBytesMaximum: 1 << 20,
            compression: Decompression()
        )
        var count = 0
        for start in stride(from: 0, to: stream.count, by: size) {
            var piece = Array(stream[start..<min(start + size, stream.count)])
            try reader.receive(&piece) { _ in count += 1 }
        }
        let capacity = reader.bufferCapacity
        let ownsInflater = reader.ownsInflater
        #expect(count == 4)
        #expect(capacity == 0)
        #expect(!ownsInflater)
    }

    @Test("A peer's window is kept only where context takeover was agreed")
    func takeover() throws {
        var deflater = Deflater(keepsContext: true)
        let frame = FrameEncoder.frame(
            .binary,
            deflater.compressed([1, 2, 3]),
            isCompressed: true
        )
        for keepsContext in [false, true] {
            var reader = MessageReader(
                for: .client,
                messageBytesMaximum: 100,
                compression: Decompression(keepsContext: keepsContext)
            )
            var bytes = frame
            try reader.receive(&bytes) { _ in }
            let ownsInflater = reader.ownsInflater
            #expect(ownsInflater == keepsContext)
        }
    }
}
