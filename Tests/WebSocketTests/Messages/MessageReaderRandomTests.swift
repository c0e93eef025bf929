import Testing

@testable import WebSocket

@Suite("Messages, at random")
struct MessageReaderRandomTests {
    /// A stream of frames made by the naive encoder, and what must come out of it.
    private struct Script: ~Copyable {
        var bytes: [UInt8] = []
        var events: [RecordedEvent] = []
        var random: SeededRandom
        let isMasked: Bool
        var deflater: Deflater?

        mutating func append(_ first: UInt8, _ payload: [UInt8]) {
            let key = isMasked ? random.bytes(4) : nil
            bytes += NaiveFrame(first, payload, key: key).bytes
        }

        mutating func appendControl() {
            let payload = random.bytes(Int.random(in: 0...125, using: &random))
            if Bool.random(using: &random) {
                append(0x89, payload)
                events.append(.ping(payload))
            } else {
                append(0x8A, payload)
                events.append(.pong(payload))
            }
        }

        mutating func appendMessage() {
            let isText = Bool.random(using: &random)
            let sizes = [0, 1, 20, 126, 700, 5_000]
            let count = sizes[Int.random(in: 0..<sizes.count, using: &random)]
            let message = isText ? random.text(count) : random.bytes(count)

            var payload = message
            var first: UInt8 = isText ? 0x01 : 0x02
            if Bool.random(using: &random), let compressed = deflater?.compressed(message) {
                payload = compressed
                first |= 0x40
            }
            while Int.random(in: 0..<3, using: &random) == 0 {
                let count = Int.random(in: 0...payload.count, using: &random)
                append(first, Array(payload[..<count]))
                payload.removeFirst(count)
                first = 0x00
                if Bool.random(using: &random) { appendControl() }
            }
            append(first | 0x80, payload)
            events.append(isText ? .text(message) : .binary(message))
        }
    }

    @Test(
        "What is written at random reads back: fragments, masks, compression, pings between",
        arguments: 0..<30
    )
    private func roundTrip(seed: Int) {
        let compression: Decompression? =
            switch seed % 3 {
            case 0: nil
            case 1: Decompression(windowBits: UInt8(9 + seed % 7), keepsContext: true)
            default: Decompression(windowBits: UInt8(8 + seed % 8), keepsContext: false)
            }
        var script = Script(
            random: SeededRandom(UInt64(seed)),
            isMasked: seed.isMultiple(of: 2)
        )
        if let compression {
            script.deflater = Deflater(
                windowBits: compression.windowBits,
                keepsContext: compression.keepsContext
            )
        }
        for _ in 0..<25 {
            script.appendMessage()
            if Bool.random(using: &script.random) { script.appendControl() }
        }
        let expected = script.events
        let bytes = script.bytes
        for size in [3, 50, 2_000, bytes.count] {
            let pieces = script.random.pieces(bytes, upTo: size)
            let endpoint: Endpoint = script.isMasked ? .server : .client
            let events = record(pieces, by: endpoint, compression: compression)
            #expect(events == expected, "pieces of up to \(size)")
        }
    }

    @Test("Random bytes never trap, and say the same whole and byte by byte", arguments: 0..<150)
    func noise(seed: Int) {
        var random = SeededRandom(UInt64(1_000 + seed))
        var bytes = random.bytes(Int.random(in: 1...300, using: &random))
        // Half of the runs begin with a legal first byte, to come further.
        if Bool.random(using: &random) {
            bytes[0] = [0x81, 0x82, 0x01, 0x02, 0xC1, 0x89, 0x88][seed % 7]
        }
        for endpoint in [Endpoint.server, .client] {
            for compression in [nil, Decompression(), Decompression(keepsContext: true)] {
                let whole = record(
                    [bytes],
                    by: endpoint,
                    messageBytesMaximum: 5_000,
                    compression: compression
                )
                let single = record(
                    bytes.map { [$0] },
                    by: endpoint,
                    messageBytesMaximum: 5_000,
                    compression: compression
                )
                #expect(whole == single)
            }
        }
    }

    @Test("Mutated streams never trap, and say the same whole and byte by byte", arguments: 0..<60)
    private func mutations(seed: Int) {
        var script = Script(random: SeededRandom(UInt64(5_000 + seed)), isMasked: false)
        let keepsContext = seed.isMultiple(of: 2)
        script.deflater = Deflater(keepsContext: keepsContext)
        for _ in 0..<6 { script.appendMessage() }
        var bytes = script.bytes
        for _ in 0..<Int.random(in: 1...4, using: &script.random) {
            let position = Int.random(in: 0..<bytes.count, using: &script.random)
            switch Int.random(in: 0..<3, using: &script.random) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &script.random)
            case 1: bytes.remove(at: position)
            default: bytes.insert(UInt8.random(in: 0...255, using: &script.random), at: position)
            }
        }
        let compression = Decompression(keepsContext: keepsContext)
        let whole = record([bytes], compression: compression)
        let single = record(bytes.map { [$0] }, compression: compression)
        #expect(whole == single)
    }
}
