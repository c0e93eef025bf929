import Testing

@testable import Cluster

@Suite("The queue of a link")
struct FifoTests {
    @Test("It gives back what it was given, in order, however long it grows and shrinks")
    func keepsOrder() {
        var queue = Fifo<Int>()
        var (given, taken) = (0, 0)
        for round in 0..<2000 {
            for _ in 0..<(round % 37) {
                queue.append(given)
                given += 1
            }
            for _ in 0..<(round % 29) {
                guard let first = queue.popFirst() else { break }
                #expect(first == taken)
                taken += 1
            }
            #expect(queue.count == given - taken && queue.isEmpty == (given == taken))
        }
        queue.update { -$0 }
        #expect(queue.first == -taken)
        queue.replaceFirst(with: 7)
        #expect(queue.takeAll() == [7] + (taken + 1..<given).map { -$0 })
        #expect(queue.isEmpty && queue.popFirst() == nil)
    }

    @Test("Pauses grow to a bound, and begin anew")
    func backsOff() {
        var backoff = Backoff(first: .milliseconds(50), maximum: .seconds(2))
        for number in 0..<100 {
            let whole = min(Duration.milliseconds(50) * (1 << min(number, 10)), .seconds(2))
            let pause = backoff.next()
            #expect(pause <= whole && pause >= whole * 0.49)
        }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(50))
    }
}
