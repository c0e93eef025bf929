/// What waits to be run on a loop: closures and actors' jobs in one queue, in the order they came.

enum Work {
    case closure(@Sendable () -> Void)
    case job(UnownedJob)
}

struct WorkInbox {
    private var waiting: [Work] = []
    private var isAsleep = false

    /// Whether the caller has to wake the loop.
    mutating func add(_ work: Work) -> Bool {
        waiting.append(work)
        defer { isAsleep = false }
        return isAsleep
    }

    /// False when there is work to do first.
    mutating func fallAsleep() -> Bool {
        isAsleep = waiting.isEmpty
        return isAsleep
    }

    /// Moves everything into an empty array, whose storage serves the next.
    mutating func take(into batch: inout [Work]) {
        isAsleep = false
        swap(&batch, &waiting)
    }
}
