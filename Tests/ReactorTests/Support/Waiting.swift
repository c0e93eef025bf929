/// Bounded waits, and loops that live as long as a test.

import Reactor
import Testing

/// Looks again and again until the condition holds, for 20 seconds at the most.
func eventually(
    _ what: Comment,
    location: SourceLocation = #_sourceLocation,
    _ condition: @Sendable () throws -> Bool
) async throws {
    for _ in 0..<10_000 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record(what, sourceLocation: location)
    throw WaitedInVain()
}

struct WaitedInVain: Error {}

func withLoops<Result>(
    _ count: Int = 1,
    limits: OutboxLimits = OutboxLimits(),
    _ body: (EventLoopGroup) async throws -> Result
) async throws -> Result {
    let group = EventLoopGroup(loops: count, outboxLimits: limits)
    group.start()
    defer {
        group.stop()
        group.join()
    }
    return try await body(group)
}

/// Bytes that don't repeat in step with any buffer's size.
func pattern(_ count: Int, seed: Int = 0) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
        for place in 0..<count {
            let mixed = (place &+ seed) &* 31 &+ (place >> 8)
            bytes.initializeElement(at: place, to: UInt8(truncatingIfNeeded: mixed))
        }
        filled = count
    }
}
