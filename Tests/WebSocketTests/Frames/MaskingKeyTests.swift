import Testing

@testable import WebSocket

@Suite("Masking")
struct MaskingKeyTests {
    @Test("Wide steps do what single bytes do, at every offset and length")
    func wideSteps() {
        var random = SeededRandom(1)
        let original = random.bytes(160)
        let key: [UInt8] = [0x11, 0x22, 0x44, 0x88]
        for start in 0..<9 {
            for end in start...original.count {
                var bytes = original
                var span = bytes.mutableSpan
                MaskingKey(0x8844_2211).apply(to: &span, in: start..<end)
                let expected = original.indices.map { index in
                    (start..<end).contains(index)
                        ? original[index] ^ key[(index - start) % 4] : original[index]
                }
                #expect(bytes == expected)
            }
        }
    }

    @Test("A key goes on where the last piece ended", arguments: 0...9)
    func advancing(first: Int) {
        var whole = [UInt8](repeating: 0, count: 32)
        var cut = whole
        let key = MaskingKey(0x0403_0201)
        var span = whole.mutableSpan
        key.apply(to: &span, in: 0..<32)
        var cutSpan = cut.mutableSpan
        key.apply(to: &cutSpan, in: 0..<first)
        key.advanced(by: first).apply(to: &cutSpan, in: first..<32)
        #expect(whole == cut)
    }

    @Test("Seeded keys repeat, and differ among themselves")
    func seeded() {
        var one = MaskingKeySource(seed: 7)
        var other = MaskingKeySource(seed: 7)
        let keys = (0..<1_000).map { _ in one.next() }
        #expect(keys == (0..<1_000).map { _ in other.next() })
        #expect(Set(keys).count > 990)
    }

    @Test("The system's keys don't repeat")
    func random() {
        var one = MaskingKeySource()
        #expect(Set((0..<100).map { _ in one.next() }).count > 90)
    }
}
