import CZlib
import Testing

@testable import WebSocket

@Suite("Compression")
struct DeflaterTests {
    private let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

    private func read(_ frames: [UInt8], _ compression: Decompression) -> [RecordedEvent] {
        record(frames, compression: compression)
    }

    @Test("One compressed block is the RFC's (7.2.3.1), in one frame and in two")
    func oneBlock() {
        var deflater = Deflater()
        #expect(deflater.compressed(Array("Hello".utf8)) == hello)
        #expect(read([0xC1, 0x07] + hello, Decompression()) == [.text("Hello")])
        let two = [0x41, 0x03] + hello.prefix(3) + [0x80, 0x04] + hello.suffix(4)
        #expect(read(two, Decompression()) == [.text("Hello")])
    }

    @Test("The second hello with context takeover is the RFC's (7.2.3.2)")
    func sharedWindow() {
        let second: [UInt8] = [0xF2, 0x00, 0x11, 0x00, 0x00]
        var deflater = Deflater(keepsContext: true)
        #expect(deflater.compressed(Array("Hello".utf8)) == hello)
        #expect(deflater.compressed(Array("Hello".utf8)) == second)
        let frames = [0xC1, 0x07] + hello + [0xC1, 0x05] + second
        let keeping = read(frames, Decompression(keepsContext: true))
        #expect(keeping == [.text("Hello"), .text("Hello")])
        let forgetting = read(frames, Decompression(keepsContext: false))
        #expect(forgetting == [.text("Hello"), .violation(.invalidPayload)])
    }

    @Test("Without context takeover a message compresses the same every time")
    func forgets() {
        var deflater = Deflater()
        let first = deflater.compressed(Array("Hello".utf8))
        #expect(deflater.compressed(Array("Hello".utf8)) == first)
    }

    @Test("A block without compression is the RFC's (7.2.3.3)")
    func storedBlock() {
        let bytes: [UInt8] = [
            0xC1, 0x0B, 0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00,
        ]
        #expect(read(bytes, Decompression()) == [.text("Hello")])
    }

    @Test("A last block is the RFC's (7.2.3.4), and the window lives on behind it")
    func finalBlock() {
        let last: [UInt8] = [0xC1, 0x08, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]
        #expect(read(last, Decompression()) == [.text("Hello")])
        let second: [UInt8] = [0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]
        let events = read(last + second, Decompression(keepsContext: true))
        #expect(events == [.text("Hello"), .text("Hello")])
    }

    @Test("Two blocks in one message are the RFC's (7.2.3.5)")
    func twoBlocks() {
        let bytes: [UInt8] = [
            0xC1, 0x0D, 0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07,
            0x00,
        ]
        #expect(read(bytes, Decompression()) == [.text("Hello")])
    }

    @Test("The empty message is the RFC's (7.2.3.6), the second time too")
    func empty() {
        for keepsContext in [false, true] {
            var deflater = Deflater(keepsContext: keepsContext)
            for _ in 0..<2 {
                #expect(deflater.compressed([]) == [0x00])
            }
        }
        #expect(read([0xC1, 0x01, 0x00], Decompression()) == [.text("")])
    }

    @Test("Uncompressed messages pass beside compressed ones, without touching the window")
    func mixed() {
        let second: [UInt8] = [0xF2, 0x00, 0x11, 0x00, 0x00]
        let frames =
            [0xC1, 0x07] + hello + FrameEncoder.text("plain") + [0xC1, 0x05] + second
        let events = read(frames, Decompression(keepsContext: true))
        #expect(events == [.text("Hello"), .text("plain"), .text("Hello")])
    }

    @Test("What is no deflate is refused, and so is a message that is cut off")
    func broken() {
        #expect(read([0xC1, 0x02, 0xFF, 0xFF], Decompression()) == [.violation(.invalidPayload)])
        for end in 1..<hello.count - 1 {
            let frame = FrameEncoder.frame(
                .binary,
                Array(hello[..<end]),
                isCompressed: true
            )
            #expect(read(frame, Decompression()) == [.violation(.invalidPayload)], "\(end) bytes")
        }
    }

    @Test("Decompressed text is checked for UTF-8")
    func notUTF8() {
        var deflater = Deflater()
        let frame = FrameEncoder.frame(.text, deflater.compressed([0xFF]), isCompressed: true)
        #expect(read(frame, Decompression()) == [.violation(.invalidPayload)])
    }

    @Test("A bomb is refused when it passes the cap, and a message of just that size is not")
    func bomb() {
        var deflater = Deflater(level: 9)
        let cap = 100_000
        for (count, isRefused) in [(cap, false), (cap + 1, true), (50 << 20, true)] {
            let zeros = [UInt8](repeating: 0, count: count)
            let frame = FrameEncoder.frame(
                .binary,
                deflater.compressed(zeros),
                isCompressed: true
            )
            let events = record([frame], messageBytesMaximum: cap, compression: Decompression())
            #expect(events == [isRefused ? .violation(.messageTooBig) : .binary(zeros)])
        }
    }

    @Test("What can't be compressed may be a little longer than the cap on the wire")
    func incompressible() {
        var random = SeededRandom(11)
        let noise = random.bytes(20_000)
        var deflater = Deflater()
        let compressed = deflater.compressed(noise)
        #expect(compressed.count > noise.count)
        let frame = FrameEncoder.frame(.binary, compressed, isCompressed: true)
        let events = record([frame], messageBytesMaximum: 20_000, compression: Decompression())
        #expect(events == [.binary(noise)])
    }

    /// zlib has no raw deflate with 8 bits, so 9 stands in for it. The proof is strict: a window of
    /// 256 bytes is all the inflater has, and each byte is taken out alone, so that nothing can
    /// hide in the output.
    @Test("A window of 8 to 15 bits is never looked beyond", arguments: 8...15)
    func windows(bits: UInt8) throws {
        var random = SeededRandom(UInt64(bits))
        var message: [UInt8] = []
        while message.count < 100_000 {
            let isRepeat = !message.isEmpty && Bool.random(using: &random)
            let distance = Int.random(in: 1...max(1, min(message.count, 1 << 16)), using: &random)
            let near = [distance, 256, 257, 250, 251, 262, 512][Int(random.next() % 7)]
            if isRepeat, near <= message.count {
                let start = message.count - near
                let count = Int.random(in: 3...300, using: &random)
                message += message[start..<min(start + count, message.count)]
            } else {
                message += random.bytes(Int.random(in: 1...40, using: &random))
            }
        }
        for keepsContext in [false, true] {
            var deflater = Deflater(windowBits: bits, keepsContext: keepsContext)
            let compressed = deflater.compressed(message) + Inflater.tail
            #expect(compressed.count < message.count)
            #expect(inflateByteByByte(compressed, windowBits: bits) == message)
        }
    }

    private func inflateByteByByte(_ bytes: [UInt8], windowBits: UInt8) -> [UInt8]? {
        var stream = z_stream()
        guard czlib_inflateInit2(&stream, -Int32(windowBits)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while true {
                var byte: UInt8 = 0
                let status = withUnsafeMutablePointer(to: &byte) { pointer in
                    stream.next_out = pointer
                    stream.avail_out = 1
                    return inflate(&stream, Z_NO_FLUSH)
                }
                if stream.avail_out == 1 {
                    return status == Z_BUF_ERROR || status == Z_OK ? output : nil
                }
                guard status == Z_OK else { return nil }
                output.append(byte)
            }
        }
    }
}
