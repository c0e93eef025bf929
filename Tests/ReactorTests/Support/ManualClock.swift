/// A clock that stands still until a test moves it.

import Reactor
import Synchronization

final class ManualClock: TimeSource {
    private let nanoseconds = Atomic<Int64>(1_000_000_000)

    func now() -> LoopInstant {
        LoopInstant(nanoseconds: nanoseconds.load(ordering: .relaxed))
    }

    func advance(milliseconds: Int64) {
        nanoseconds.wrappingAdd(milliseconds * 1_000_000, ordering: .relaxed)
    }
}
