import Testing

@testable import TimeSeries

@Suite("XOR chunks")
struct XORChunkTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static let start: Int64 = 1_700_000_400_000

    /// Made with promtool.
    private static let golden: [(times: [Int64], values: [Double], hex: String)] = [
        (
            (0..<8).map { start + 15_000 * $0 }, [1, 1, 2, 4.5, 4.5, -3, 0, 100.25],
            "0008808adcfef9623ff000000000000098753097ffdac49180f801ab00230a701644"
        ),
        (
            [0, 15_000, 30_007, 44_990, 60_000, 180_000].map { start + $0 },
            [12.5, 12.5, 12.625, 13, 13, 13],
            "0006808adcfef962402900000000000098754003f1077fd1b84d801b70cd0f00"
        ),
        // It ends with a byte, and so Prometheus' writer has begun another.
        (
            [1_700_035_278_216],
            [Double(bitPattern: 0xFE37_E43C_8800_759C)], "000190d6fd9ffa62fe37e43c8800759c00"
        ),
    ]

    @Test("Chunks are Prometheus' own, byte for byte", arguments: [0, 1, 2])
    func golden(_ index: Int) throws {
        let (times, values, hex) = Self.golden[index]
        #expect(XORChunk.encode(times, values) == Self.bytes(hex))
        let samples = try #require(XORChunk.decode(Self.bytes(hex)))
        #expect(samples.times == times)
        #expect(samples.values == values)
    }

    @Test("Steps at the edges of each prefix come back")
    func deltaOfDeltaEdges() throws {
        var times: [Int64] = [0, 1_000_000]
        let edges: [Int64] = [
            -8191, 8192, -8192, 8193, -65_535, 65_536, -65_536, 65_537, -524_287, 524_288, -524_288,
            524_289, 1 << 40, -(1 << 39), 0,
        ]
        var step: Int64 = 1_000_000
        for edge in edges {
            step += edge
            times.append((times.last ?? 0) + step)
        }
        let values = times.map { Double($0) * 0.1 }
        let samples = try #require(XORChunk.decode(XORChunk.encode(times, values)))
        #expect(samples.times == times)
        #expect(samples.values == values)
    }

    @Test("A chunk that is cut anywhere is refused")
    func cut() {
        let bytes = Self.bytes(Self.golden[0].hex)
        for end in 0..<bytes.count { #expect(XORChunk.decode(Array(bytes[..<end])) == nil) }
    }

    @Test("A chunk of no samples is one")
    func empty() {
        #expect(XORChunk.encode([], []) == [0, 0])
        #expect(XORChunk.decode([0, 0])?.isEmpty == true)
    }

    @Test("An appender that was put away in the middle goes on as if it had not been")
    func putAway() throws {
        let samples = SamplePattern.specials.samples(120, seed: 3)
        for middle in [0, 1, 2, 3, 60, 119] {
            var appender = XORAppender()
            for index in 0..<samples.count {
                if index == middle {
                    var writer = PackedWriter()
                    appender.encode(to: &writer)
                    var reader = PackedReader(writer.bytes)
                    appender = try #require(XORAppender(from: &reader))
                    #expect(reader.isAtEnd)
                }
                appender.append(
                    at: samples.times[index],
                    value: samples.values[index].bitPattern
                )
            }
            #expect(XORChunk.encode(appender) == XORChunk.encode(samples.times, samples.values))
        }
    }
}
