import Testing
import TimeSeries

@Suite("Snappy blocks")
struct SnappyTests {
    private static let mebibyte = 1 << 20

    @Test(
        "Every kind of element is read",
        arguments: [
            // Nothing at all.
            ([0], []),
            // A literal of three bytes.
            ([3, 2 << 2, 97, 98, 99], Array("abc".utf8)),
            // A literal whose length takes a byte, then two, three and four.
            ([2, 60 << 2, 1, 97, 98], Array("ab".utf8)),
            ([2, 61 << 2, 1, 0, 97, 98], Array("ab".utf8)),
            ([2, 62 << 2, 1, 0, 0, 97, 98], Array("ab".utf8)),
            ([2, 63 << 2, 1, 0, 0, 0, 97, 98], Array("ab".utf8)),
            // Copies with offsets of one, two and four bytes; they may repeat what they write.
            ([6, 1 << 2, 97, 98, 1, 2], Array("ababab".utf8)),
            ([5, 0, 97, 3 << 2 | 2, 1, 0], Array("aaaaa".utf8)),
            ([5, 0, 97, 3 << 2 | 3, 1, 0, 0, 0], Array("aaaaa".utf8)),
        ] as [([UInt8], [UInt8])]
    )
    func elements(_ block: [UInt8], _ expected: [UInt8]) throws {
        #expect(try Snappy.decode(block, maximum: Self.mebibyte) == expected)
    }

    @Test(
        "What is no block is refused, each for its reason",
        arguments: [
            ([], .malformedLength),
            ([0x80], .malformedLength),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], .malformedLength),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x1F], .malformedLength),
            ([3], .lengthMismatch),
            ([3, 2 << 2, 97], .truncated),
            ([3, 60 << 2], .truncated),
            ([8, 63 << 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0], .lengthMismatch),
            ([4, 0, 97, 1], .truncated),
            ([5, 0, 97, 1, 0], .badOffset),
            ([5, 0, 97, 1, 2], .badOffset),
            ([5, 0, 97, 3, 0xFF, 0xFF, 0xFF, 0xFF], .badOffset),
            ([4, 0, 97, 1, 1], .lengthMismatch),
            ([2, 0, 97], .lengthMismatch),
            ([1, 0, 97, 0, 98], .lengthMismatch),
        ] as [([UInt8], SnappyError)]
    )
    func refused(_ block: [UInt8], _ reason: SnappyError) {
        #expect(throws: reason) { try Snappy.decode(block, maximum: Self.mebibyte) }
    }

    @Test("A declared length beyond the maximum is refused before anything is allocated")
    func maximum() throws {
        let block: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 97]
        #expect(throws: SnappyError.tooLarge(declared: 0xFFFF_FFFF)) {
            try Snappy.decode(block, maximum: Self.mebibyte)
        }
        // Within the maximum, but more than so few bytes could ever make.
        #expect(throws: SnappyError.lengthMismatch) {
            try Snappy.decode(block, maximum: .max)
        }
        let encoded = Snappy.encode([1, 2, 3])
        #expect(try Snappy.decode(encoded, maximum: 3) == [1, 2, 3])
        #expect(throws: SnappyError.tooLarge(declared: 3)) {
            try Snappy.decode(encoded, maximum: 2)
        }
    }

    @Test("What is encoded comes back, and repetition makes it smaller")
    func roundTrip() throws {
        var dice = FormatDice(1)
        for length in [0, 1, 3, 4, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 200_000] {
            let noise = dice.bytes(length)
            #expect(try Snappy.decode(Snappy.encode(noise), maximum: length) == noise)
            let repetitive = dice.repetitive(length)
            let encoded = Snappy.encode(repetitive)
            #expect(try Snappy.decode(encoded, maximum: length) == repetitive)
            if length > 1000 { #expect(encoded.count < length / 2) }
        }
    }

    @Test("Bytes that were tampered with are refused or read, and never more than declared")
    func mutations() {
        var dice = FormatDice(2)
        var taken = 0
        for _ in 0..<5_000 {
            let length = dice.below(400)
            let block = dice.mutated(Snappy.encode(dice.repetitive(length)))
            guard let output = try? Snappy.decode(block, maximum: 1000) else { continue }
            taken += 1
            #expect(output.count <= 1000)
        }
        #expect(taken > 100)
    }

    @Test("A block that is cut off anywhere is refused")
    func cut() {
        var dice = FormatDice(3)
        let block = Snappy.encode(dice.repetitive(300))
        for end in 0..<block.count {
            #expect(throws: SnappyError.self) {
                try Snappy.decode(Array(block[..<end]), maximum: 1000)
            }
        }
    }
}
