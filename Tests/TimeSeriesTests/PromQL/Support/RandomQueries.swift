/// Expressions made of whatever fits together.
///
/// `isExact`: the values are such that a sum is the same in any order, which is not fixed.
struct RandomQueries {
    private struct Made {
        let text: String
        let isExact: Bool
    }

    private var dice: SeededNumbers

    init(seed: UInt64) {
        dice = SeededNumbers(seed)
    }

    mutating func next() -> String { vector(3).text }

    private mutating func pick(_ texts: [String]) -> String {
        texts.randomElement(using: &dice) ?? ""
    }

    private mutating func vector(_ depth: Int) -> Made {
        guard depth > 0 else { return Made(text: selector(), isExact: true) }
        switch Int.random(in: 0..<10, using: &dice) {
        case 0...2: return windowed(depth)
        case 3: return elementwise(depth)
        case 4, 5: return aggregated(depth)
        case 6: return withScalar(depth)
        case 7: return matched(depth)
        case 8: return combined(depth)
        default: return Made(text: selector(), isExact: true)
        }
    }

    private mutating func selector() -> String {
        let name = pick([
            "counter", "gauge", "limit", "sparse", "gauge{job=\"a\"}", "counter{instance!=\"1\"}",
            "gauge{instance=~\"[01]\"}", "{__name__=~\"limit|sparse\",job=\"b\"}",
        ])
        return name
            + pick(["", "", "", " offset 2m", " offset -90s", " @ 1200", " @ 600 offset 1m"])
    }

    private mutating func windowed(_ depth: Int) -> Made {
        let function = pick([
            "rate", "increase", "delta", "irate", "idelta", "min_over_time", "max_over_time",
            "count_over_time", "last_over_time", "changes", "resets", "deriv", "sum_over_time",
            "avg_over_time", "stddev_over_time", "stdvar_over_time", "present_over_time",
        ])
        let exact = [
            "min_over_time", "max_over_time", "count_over_time", "last_over_time", "changes",
            "resets", "present_over_time", "idelta",
        ]
        let isExact = exact.contains(function)
        if Bool.random(using: &dice) {
            let name = pick([
                "counter", "gauge", "sparse{job=\"a\"}", "{__name__=~\"limit|gauge\"}",
            ])
            let window = pick(["[1m]", "[2m30s]", "[5m]", "[12m]"])
            let shift = pick(["", "", " offset 1m", " @ 1500"])
            return Made(text: "\(function)(\(name)\(window)\(shift))", isExact: isExact)
        }
        let inner = vector(depth - 1)
        let window = pick(["[5m:1m]", "[7m:90s]", "[4m:]", "[3m:25s] offset 30s"])
        return Made(
            text: "\(function)((\(inner.text))\(window))",
            isExact: isExact && inner.isExact
        )
    }

    private mutating func elementwise(_ depth: Int) -> Made {
        let inner = vector(depth - 1)
        let exact = ["abs", "ceil", "floor", "sgn", "-", "timestamp"]
        let function = pick(exact + ["sqrt"])
        let isExact = inner.isExact && function != "sqrt"
        return Made(text: "\(function)(\(inner.text))", isExact: isExact)
    }

    private mutating func aggregated(_ depth: Int) -> Made {
        let inner = vector(depth - 1)
        let grouping = pick(["", "by (job)", "by (instance)", "without (instance)", "without ()"])
        if inner.isExact, Bool.random(using: &dice) {
            return Made(text: "sum \(grouping) (\(inner.text))", isExact: true)
        }
        let function = pick(["min", "max", "count", "group"])
        return Made(text: "\(function) \(grouping) (\(inner.text))", isExact: inner.isExact)
    }

    private mutating func withScalar(_ depth: Int) -> Made {
        let inner = vector(depth - 1)
        let text = pick([
            "(\(inner.text)) + 2", "3 * (\(inner.text))", "(\(inner.text)) % 7",
            "10 - (\(inner.text))",
            "(\(inner.text)) > 10", "20 >= (\(inner.text))", "(\(inner.text)) != bool 3",
            "clamp((\(inner.text)), 2, 60)", "clamp_max((\(inner.text)), 15)",
            "(\(inner.text)) * scalar(limit{job=\"a\"})",
        ])
        return Made(text: text, isExact: inner.isExact)
    }

    private mutating func matched(_ depth: Int) -> Made {
        let (left, right) = (vector(depth - 1), vector(depth - 1))
        let symbol = pick(["+", "-", "*", "<", ">=", "== bool", "/"])
        let matching = pick([
            "", "on (job, instance)", "ignoring (instance)", "on (job) group_left ()",
            "on (job) group_left (instance)", "ignoring (instance) group_right ()", "on (instance)",
        ])
        return Made(
            text: "(\(left.text)) \(symbol) \(matching) (\(right.text))",
            isExact: left.isExact && right.isExact && symbol != "/"
        )
    }

    private mutating func combined(_ depth: Int) -> Made {
        let (left, right) = (vector(depth - 1), vector(depth - 1))
        let symbol = pick(["and", "or", "unless"])
        let matching = pick(["", "on (job)", "ignoring (instance)", "on (job, instance)"])
        return Made(
            text: "(\(left.text)) \(symbol) \(matching) (\(right.text))",
            isExact: left.isExact && right.isExact
        )
    }
}
