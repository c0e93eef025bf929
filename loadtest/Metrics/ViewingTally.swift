/// What was pushed, and who has seen it.
final class ViewingTally {
    let violations = Violations()
    private(set) var latency = Histogram()
    private(set) var deliveries = 0
    private(set) var pushes = 0
    /// Deliveries that there must be in the end.
    private(set) var expected = 0
    /// How many watch each stream.
    var viewers: [Int]
    /// Of each stream the values that were pushed since measuring began.
    private var pushed: [[Int]]
    var isMeasuring = false

    init(streams: Int) {
        viewers = Array(repeating: 0, count: streams)
        pushed = Array(repeating: [], count: streams)
    }

    static func name(_ stream: Int) -> String { "watched_\(stream)" }

    var isComplete: Bool { deliveries >= expected }

    /// The value to push: microseconds of the monotonic clock.
    func notePush(to stream: Int) -> Int {
        let value = Int(Clock.now() / 1000)
        if isMeasuring {
            pushed[stream].append(value)
            pushes += 1
            expected += viewers[stream]
        }
        return value
    }

    /// - Parameter index: How many of the stream this viewer has seen before.
    func noteSample(_ value: Int, of stream: Int, index: Int, at now: Int64) {
        guard isMeasuring else { return }
        deliveries += 1
        latency.add(now - Int64(value) * 1000)
        violations.require(
            index < pushed[stream].count && pushed[stream][index] == value,
            "A viewer of \(Self.name(stream)) sees \(value) as number \(index)"
        )
    }
}
