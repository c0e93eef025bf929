import Hub
import Synchronization

@testable import Gateway

/// A clock that stands still until it is told otherwise.
final class ManualClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ seconds: Int64 = 1_800_000_000) {
        time = Mutex(Timestamp(milliseconds: seconds * 1_000))
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }
}
