/// Names one scheduled timer, so that it can be cancelled. A token whose timer has fired or was
/// cancelled names nothing, even when its place in the wheel is used again.

package struct TimerToken: Hashable, Sendable {
    let index: Int32
    let generation: UInt32

    /// Names no timer.
    package static let none = TimerToken(index: -1, generation: 0)
}
