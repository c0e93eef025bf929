/// How long to wait before the next attempt: twice as long each time up to a bound, and at random
/// between half of that and all of it, so that a crowd doesn't come back at once.

struct Backoff {
    private(set) var failures = 0
    private let first: Duration
    private let maximum: Duration

    init(first: Duration = .milliseconds(50), maximum: Duration = .seconds(2)) {
        self.first = first
        self.maximum = maximum
    }

    mutating func next() -> Duration {
        let whole = min(first * (1 << min(failures, 16)), maximum)
        failures += 1
        return whole * Double.random(in: 0.5...1)
    }

    mutating func reset() {
        failures = 0
    }
}
