/// How often accepting failed for want of descriptors. Counted on loops, read anywhere.

import Synchronization

final class ExhaustionCount: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() {
        count.wrappingAdd(1, ordering: .relaxed)
    }
}
