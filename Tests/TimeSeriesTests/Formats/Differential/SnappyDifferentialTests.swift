import Testing
import TimeSeries

private let isPeerThere = FormatPeer.python != nil

/// Another implementation of Snappy must read what we write, and we what it writes.
@Suite(
    "Snappy beside another implementation",
    .enabled(
        if: isPeerThere,
        "TEST_PYTHON names no Python with Tests/TimeSeriesTests/requirements.txt"
    )
)
struct SnappyDifferentialTests {
    private static func blocks(_ count: Int, _ seed: UInt64) -> [[UInt8]] {
        var dice = FormatDice(seed)
        return (0..<count).map { number in
            let length = number % 50 == 0 ? 150_000 : dice.below(3000)
            return dice.isOne(in: 4) ? dice.bytes(length) : dice.repetitive(length)
        }
    }

    @Test("Both read what the other writes")
    func bothWays() async throws {
        try await FormatPeer.asked { peer in
            let blocks = Self.blocks(300, 11)
            let theirs = try peer.ask(blocks.map(PeerCommand.compress))
            for (block, answer) in zip(blocks, theirs) {
                let encoded = [UInt8](try #require(answer.data))
                #expect(try Snappy.decode(encoded, maximum: 1 << 20) == block)
            }
            let ours = try peer.ask(blocks.map { .decompress(Snappy.encode($0)) })
            for (block, answer) in zip(blocks, ours) {
                #expect(answer.data.map { [UInt8]($0) } == block)
            }
        }
    }

    /// A length that is refused here is allocated there.
    private static func declaresTooMuch(_ block: [UInt8]) -> Bool {
        do {
            _ = try Snappy.decode(block, maximum: 1 << 16)
            return false
        } catch {
            guard case .tooLarge = error else { return false }
            return true
        }
    }

    @Test("Both refuse and take the same of what was tampered with")
    func tampered() async throws {
        try await FormatPeer.asked { peer in
            var dice = FormatDice(12)
            let blocks = (0..<2000).map { _ in
                dice.mutated(Snappy.encode(dice.repetitive(dice.below(300))))
            }
            .filter { !Self.declaresTooMuch($0) }
            #expect(blocks.count > 1000)
            let answers = try peer.ask(blocks.map(PeerCommand.decompress))
            for (block, answer) in zip(blocks, answers) {
                let ours = try? Snappy.decode(block, maximum: 1 << 16)
                #expect(answer.data.map { [UInt8]($0) } == ours, "\(block)")
            }
        }
    }
}
