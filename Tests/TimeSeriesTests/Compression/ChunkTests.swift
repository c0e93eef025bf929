import Testing

@testable import TimeSeries

@Suite("Sealed chunks")
struct ChunkTests {
    private static func isSame(_ one: Samples?, _ other: Samples) -> Bool {
        one?.times == other.times
            && one?.values.map(\.bitPattern) == other.values.map(\.bitPattern)
    }

    @Test("Samples come back bit for bit, however many", arguments: SamplePattern.allCases)
    func roundTrip(_ pattern: SamplePattern) {
        for count in [0, 1, 2, 3, 31, 32, 33, 34, 35, 64, 65, 66, 480, 1921] {
            let samples = pattern.samples(count, seed: UInt64(count))
            #expect(Self.isSame(Chunk.decode(Chunk.encode(samples)), samples))
            let xor = XORChunk.encode(samples.times, samples.values)
            #expect(Self.isSame(XORChunk.decode(xor), samples))
        }
    }

    /// What 480 samples may take, without the bytes around them.
    private static let bounds: [(SamplePattern, Double)] = [
        (.constantGauge, 0.2), (.steadyCounter, 0.2), (.randomCounter, 1.2),
        (.jitteryCounter, 1.8), (.resettingCounter, 1.9), (.percentGauge, 1.2),
        (.pageMultiples, 2.0), (.twoDecimals, 1.2), (.randomDoubles, 7.4), (.endsStale, 0.8),
    ]

    @Test("Series as they are met take few bytes a sample", arguments: bounds)
    func size(_ pattern: SamplePattern, _ most: Double) {
        let bytes = Chunk.encode(pattern.samples(480, seed: 1)).count
        #expect(Double(bytes) / 480 <= most)
    }

    @Test("Integers of any size and order come back", arguments: 0..<200 as Range<UInt64>)
    func integers(_ seed: UInt64) {
        var random = SeededNumbers(seed)
        let bits = UInt64.random(in: 0..<64, using: &random)
        let factor = Int64.random(in: 1...1000, using: &random)
        var last: Int64 = 0
        let integers = (0..<Int.random(in: 1...130, using: &random)).map { _ in
            let next = Int64(bitPattern: random.next() >> bits) &* (seed % 3 == 0 ? factor : 1)
            last = seed % 2 == 0 ? last &+ next : next
            return last
        }
        var writer = PackedWriter()
        IntegerColumn.encode(integers, to: &writer)
        var reader = PackedReader(writer.bytes)
        #expect(IntegerColumn.decode(integers.count, from: &reader) == integers)
        #expect(reader.isAtEnd)
    }

    @Test("The extremes of an integer come back")
    func extremes() {
        for integers: [Int64] in [
            [.min], [.max, .min], [.min, .max, .min, .max], [0, .min, .max, -1, 1], [.min, 0, 0],
        ] {
            var writer = PackedWriter()
            IntegerColumn.encode(integers, to: &writer)
            var reader = PackedReader(writer.bytes)
            #expect(IntegerColumn.decode(integers.count, from: &reader) == integers)
        }
    }

    @Test("Bytes that were tampered with are refused or read, and never trap")
    func hostile() {
        var random = SeededNumbers(7)
        var read = 0
        for pattern in SamplePattern.allCases {
            let bytes = Chunk.encode(pattern.samples(70, seed: 5))
            for _ in 0..<300 {
                var torn = bytes
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    torn[Int.random(in: 0..<torn.count, using: &random)] =
                        UInt8.random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) {
                    torn.removeLast(Int.random(in: 0..<torn.count, using: &random))
                }
                if let samples = Chunk.decode(torn) {
                    read += 1
                    #expect(samples.times.count == samples.values.count)
                }
            }
            for end in 0..<bytes.count { #expect(Chunk.decode(Array(bytes[..<end])) == nil) }
        }
        #expect(read > 0)
    }
}
