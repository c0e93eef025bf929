import Testing

@testable import LoadTest

/// If these fail, a load test compares the wrong numbers, and finds order where there is none.
struct StampTests {
    @Test("A stamp is read as it was written, whatever its numbers")
    func roundTrip() {
        var dice = Dice(seed: 7)
        for _ in 0..<200 {
            let stamp = Stamp(
                publisher: UInt32(truncatingIfNeeded: dice.next()),
                sequence: UInt32(truncatingIfNeeded: dice.next()),
                nanoseconds: Int64(bitPattern: dice.next())
            )
            let content = stamp.content()
            #expect(content.count == 64)
            #expect(read(content, markAt: 0) == stamp)
        }
    }

    @Test("A text that is cut short or has other letters is no stamp")
    func refusal() {
        var content = Stamp(publisher: 1, sequence: 2, nanoseconds: 3).content()
        #expect(read(Array(content[..<33]), markAt: 0) == nil)
        #expect(read(content, markAt: 1) == nil)
        #expect(read(content, markAt: 60) == nil)
        content[20] = UInt8(ascii: "q")
        #expect(read(content, markAt: 0) == nil)
    }

    /// Outside the macro, which can't take a span apart.
    private func read(_ content: [UInt8], markAt index: Int) -> Stamp? {
        Stamp.read(content.span, withMarkAt: index)
    }
}
