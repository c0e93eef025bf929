import Synchronization

/// A number that only rises: one relaxed addition per use, from any thread.
package final class Counter: Sendable {
    private let cell = Atomic<Int>(0)

    package init() {}

    package func add(_ amount: Int = 1) {
        cell.wrappingAdd(amount, ordering: .relaxed)
    }

    package var value: Int { cell.load(ordering: .relaxed) }
}
