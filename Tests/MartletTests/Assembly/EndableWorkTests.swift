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

    @Test("Told to end before it has begun, it doesn't begin")
    func early() async {
        let work = EndableWork()
        work.end()
        await work.run { Issue.record("It has begun.") }
    }
}
