import Synchronization

/// A number that rises and falls: one relaxed addition per use, from any thread.
package final class Gauge: Sendable {
    private let cell = Atomic<Int>(0)

    package init() {}

    package func add(_ amount: Int) {
        cell.wrappingAdd(amount, ordering: .relaxed)
    }

    package func set(_ value: Int) {
        cell.store(value, ordering: .relaxed)
    }

    package var value: Int { cell.load(ordering: .relaxed) }
}
