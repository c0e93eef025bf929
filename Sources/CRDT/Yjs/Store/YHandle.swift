/// Where an item, a type, a client or a name stands in its pool: half the size of a reference,
/// and none of its counting.
typealias YHandle = Int32

extension YHandle {
    /// No item, no type, no key.
    static let none: YHandle = -1

    @inline(__always)
    init(index: Int) { self.init(truncatingIfNeeded: index) }
}
