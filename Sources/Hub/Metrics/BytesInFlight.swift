import Synchronization

/// A bound on bytes that many wait for at once.
final class BytesInFlight: Sendable {
    private let maximum: Int
    private let taken = Atomic<Int>(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// False when there is no room; what is larger than the bound by itself passes alone.
    func take(_ bytes: Int) -> Bool {
        let before = taken.wrappingAdd(bytes, ordering: .relaxed).oldValue
        if before == 0 || before + bytes <= maximum { return true }
        give(back: bytes)
        return false
    }

    func give(back bytes: Int) {
        taken.wrappingSubtract(bytes, ordering: .relaxed)
    }
}
