/// The series of a load, as a fleet of machines has them: half of them counters of whole numbers,
/// half of them gauges, each value following from the series and the step alone.
struct MetricFleet: Sendable {
    /// Of one machine.
    static let perInstance = 100

    let count: Int
    let seed: UInt64

    init(count: Int, seed: UInt64) {
        self.count = count
        self.seed = seed
    }

    func isCounter(_ series: Int) -> Bool { series % 2 == 0 }

    /// By rising name, as senders have to give them.
    func labels(_ series: Int) -> [(name: String, value: String)] {
        let instance = series / Self.perInstance
        return [
            ("__name__", isCounter(series) ? "load_requests_total" : "load_queue_length"),
            ("handler", "/api/v1/things/\(series % Self.perInstance / 2)"),
            ("instance", Self.instance(instance)),
            ("job", "load-\(instance % 4)"),
            ("region", instance % 2 == 0 ? "north" : "south"),
        ]
    }

    static func instance(_ number: Int) -> String { "machine-\(number).example.org:9100" }

    func value(_ series: Int, step: Int) -> Double {
        let chance = mixed(series, step)
        guard isCounter(series) else {
            // Up and down slowly, with a little noise.
            let phase = (step + series * 7) % 240
            let slope = phase < 120 ? phase : 240 - phase
            return Double(UInt64(slope) + chance % 4)
        }
        let rate = UInt64(1 + series % 200)
        return Double(UInt64(step) * rate + chance % rate)
    }

    private func mixed(_ series: Int, _ step: Int) -> UInt64 {
        var dice = Dice(seed: seed &+ UInt64(series) << 32 &+ UInt64(step))
        return dice.next()
    }
}
