/// An event loop as the domain sees it: a thread that runs actors and holds members.
///
/// Work arrives in the order in which one thread submits it. `Reactor`'s loops are lanes; tests use
/// `ManualLane`.
package protocol Lane: SerialExecutor {
    /// Which lane of the hub this is, from 0.
    var index: Int { get }

    /// True on the lane's own thread.
    var isCurrent: Bool { get }

    /// Runs the work on the lane, after what was submitted before. Never runs it at once.
    func submit(_ work: @escaping @Sendable () -> Void)

    /// Runs the work on the lane once the time has passed. Callable from any thread.
    func submit(after delay: Duration, _ work: @escaping @Sendable () -> Void)
}
