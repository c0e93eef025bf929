import Dispatch
import Synchronization
import Testing

@testable import Martlet

/// If these fail, a hub that is told to stop while it starts never ends.
@Suite("Work that can be told to end")
struct EndableWorkTests {
    @Test("It ends when it is told to")
    func end() async {
        let work = EndableWork()
        await work.run {
            work.end()
            try? await Task.sleep(for: .seconds(600))
        }
    }

    @Test("Who waits for its end waits for what it still does")
    func wait() async {
        let work = EndableWork()
        let (begun, hasBegun) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingOldest(1))
        let isOver = Atomic(false)
        async let running: Void = work.run {
            hasBegun.finish()
            // What can't be cancelled.
            await withCheckedContinuation { answer in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) {
                    isOver.store(true, ordering: .relaxed)
                    answer.resume()
                }
            }
        }
        for await _ in begun {}
        work.end()
        await work.ended()
        let wasOver = isOver.load(ordering: .relaxed)
        #expect(wasOver)
        await running
    }

    @Test("Told to end before it has begun, it doesn't begin")
    func early() async {
        let work = EndableWork()
        work.end()
        await work.run { Issue.record("It has begun.") }
    }
}
