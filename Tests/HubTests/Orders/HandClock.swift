import Hub
import Synchronization

/// A clock that is moved by hand.
final class HandClock: Sendable {
    private let milliseconds: Atomic<Int64>

    init(_ time: Int64) {
        milliseconds = Atomic(time)
    }

    var time: Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }

    func advance(by difference: Int64) {
        milliseconds.wrappingAdd(difference, ordering: .relaxed)
    }
}
