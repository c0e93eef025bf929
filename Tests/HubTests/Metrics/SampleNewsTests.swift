import Synchronization
import Testing

@testable import Hub

/// If these fail, viewers of streams wait for samples that are there, or are woken for nothing.
@Suite("News of samples")
struct SampleNewsTests {
    private final class Woken: Sendable {
        private let counter = Atomic<Int>(0)
        var count: Int { counter.load(ordering: .relaxed) }
        func note() { counter.wrappingAdd(1, ordering: .relaxed) }
    }

    private let news = SampleNews()
    private let woken = Woken()

    private func wait(_ name: String, for shards: Set<Int>, beyond: SampleNews.Counts) throws {
        news.wait(try TopicID(.stream, name), for: shards, beyond: beyond) { [woken] in
            woken.note()
        }
    }

    @Test("Whoever waits for a shard is woken once, by that shard alone")
    func once() throws {
        try wait("cpu", for: [2, 3], beyond: news.counts)
        news.note([0, 1, 7])
        #expect(woken.count == 0)
        news.note([1, 3])
        #expect(woken.count == 1)
        news.note([3])
        #expect(woken.count == 1)
    }

    @Test("What came between the look and the wait is not missed")
    func between() throws {
        let seen = news.counts
        news.note([5])
        try wait("cpu", for: [5], beyond: seen)
        #expect(woken.count == 1)
        try wait("cpu", for: [4], beyond: seen)
        #expect(woken.count == 1)
    }

    @Test("Who waits again waits once, and who is forgotten not at all")
    func again() throws {
        try wait("cpu", for: [1], beyond: news.counts)
        try wait("cpu", for: [2], beyond: news.counts)
        news.note([1])
        #expect(woken.count == 0)
        news.note([2])
        #expect(woken.count == 1)
        try wait("cpu", for: [2], beyond: news.counts)
        news.forget(try TopicID(.stream, "cpu"))
        news.note([2])
        #expect(woken.count == 1)
    }
}
