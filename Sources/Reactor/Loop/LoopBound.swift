/// A value that may travel anywhere but be looked at only on its loop.

package struct LoopBound<Value>: @unchecked Sendable {
    // Sound because the only way to the value checks the thread first. Copies of the box may be
    // dropped on any thread: reference counts are atomic, and what a loop owns cleans up on the
    // loop before its last reference goes.
    private let stored: Value
    package let loop: EventLoop

    package init(_ value: Value, on loop: EventLoop) {
        stored = value
        self.loop = loop
    }

    package var value: Value {
        precondition(loop.isCurrent, "A loop's object was touched from another thread.")
        return stored
    }
}
