import Testing

@testable import WebSocket

@Suite("UTF-8")
struct UTF8ValidatorTests {
    private func accepts(_ bytes: [UInt8]) -> Bool {
        var validator = UTF8Validator()
        return validator.accept(bytes) && validator.isComplete
    }

    private func acceptsByteByByte(_ bytes: [UInt8]) -> Bool {
        var validator = UTF8Validator()
        for byte in bytes {
            guard validator.accept([byte]) else { return false }
        }
        return validator.isComplete
    }

    private func isUTF8(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    @Test("Every sequence of two bytes is judged as the standard library does")
    func allPairs() {
        var wrong = 0
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second]
                let expected = isUTF8(bytes)
                if accepts(bytes) != expected || acceptsByteByByte(bytes) != expected { wrong += 1 }
                // With more behind them they are looked at together, not one by one.
                if accepts(bytes + [0x61, 0x61]) != expected { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test("Every sequence at the edges of the table is judged as the standard library does")
    func edges() {
        let edges: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        let tails: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xF4]
        var wrong = 0
        for first in edges {
            for second in edges {
                for third in tails {
                    for tail in [[], [0x41]] + tails.map({ [$0] }) {
                        let bytes = [first, second, third] + tail
                        if accepts(bytes) != isUTF8(bytes) { wrong += 1 }
                    }
                }
            }
        }
        #expect(wrong == 0)
    }

    @Test("Every scalar is accepted")
    func everyScalar() {
        var refused = 0
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 61) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            if !acceptsByteByByte(bytes) || !accepts(bytes + [0x61, 0x61, 0x61]) { refused += 1 }
        }
        #expect(refused == 0)
    }

    @Test("One wrong byte anywhere in ASCII is found, whatever step it falls into")
    func wrongByteInASCII() {
        for position in 0..<100 {
            var bytes = [UInt8](repeating: 0x61, count: 100)
            bytes[position] = 0xFF
            #expect(!accepts(bytes))
        }
    }

    @Test("Random text, whole and broken, is judged as the standard library does")
    func random() {
        var random = SeededRandom(3)
        for _ in 0..<2_000 {
            var bytes = random.text(Int.random(in: 0...60, using: &random))
            if Bool.random(using: &random), !bytes.isEmpty {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                bytes[position] = UInt8.random(in: 0...255, using: &random)
            }
            var validator = UTF8Validator()
            let inPieces = random.pieces(bytes, upTo: 7).allSatisfy { validator.accept($0) }
            let expected = isUTF8(bytes)
            #expect(accepts(bytes) == expected)
            #expect((inPieces && validator.isComplete) == expected)
        }
    }

    /// Prefixes that nothing can repair, refused before the character is whole.
    @Test(
        "What can't become a character is refused at its first wrong byte",
        arguments: [
            [0xC0], [0xC1], [0xF5], [0xFF], [0x80], [0xE0, 0x9F], [0xED, 0xA0], [0xF0, 0x8F],
            [0xF4, 0x90], [0xC2, 0x41], [0xF1, 0x80, 0xC0],
        ] as [[UInt8]]
    )
    func early(bytes: [UInt8]) {
        var validator = UTF8Validator()
        let beginningIsAccepted = validator.accept(Array(bytes.dropLast()))
        let lastIsAccepted = validator.accept(Array(bytes.suffix(1)))
        #expect(beginningIsAccepted && !lastIsAccepted)
    }
}
