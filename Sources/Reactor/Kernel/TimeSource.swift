/// Where a loop reads the time; tests put a clock here that they move by hand.

import CLinux

package protocol TimeSource: Sendable {
    func now() -> LoopInstant
}

/// CLOCK_MONOTONIC: one scale for all loops of the process.
package struct MonotonicTime: TimeSource {
    package init() {}

    package func now() -> LoopInstant {
        LoopInstant(nanoseconds: clinux_monotonic_nanoseconds())
    }
}
