/// The functions of PromQL, by name.
enum PromFunction: String, Sendable, CaseIterable {
    case abs, absent, absentOverTime = "absent_over_time"
    case acos, acosh, asin, asinh, atan, atanh
    case avgOverTime = "avg_over_time", ceil, changes, clamp
    case clampMax = "clamp_max", clampMin = "clamp_min", cos, cosh
    case countOverTime = "count_over_time"
    case dayOfMonth = "day_of_month", dayOfWeek = "day_of_week", dayOfYear = "day_of_year"
    case daysInMonth = "days_in_month", deg, delta, deriv, exp, floor
    case histogramQuantile = "histogram_quantile", holtWinters = "holt_winters", hour
    case idelta, increase, irate, labelJoin = "label_join", labelReplace = "label_replace"
    case lastOverTime = "last_over_time", ln, log10, log2
    case maxOverTime = "max_over_time", minOverTime = "min_over_time", minute, month, pi
    case predictLinear = "predict_linear", presentOverTime = "present_over_time"
    case quantileOverTime = "quantile_over_time", rad, rate, resets, round, scalar, sgn
    case sin, sinh, sort, sortDesc = "sort_desc", sqrt
    case stddevOverTime = "stddev_over_time", stdvarOverTime = "stdvar_over_time"
    case sumOverTime = "sum_over_time", tan, tanh, time, timestamp, vector, year

    struct Signature {
        let arguments: [PromType]
        /// How many of the arguments may be left out, from the end.
        var optional = 0
        /// Whether the last argument may come again and again, or not at all.
        var repeatsLast = false
        var result = PromType.vector
    }

    var signature: Signature {
        switch self {
        case .absentOverTime, .avgOverTime, .changes, .countOverTime, .delta, .deriv, .idelta,
            .increase, .irate, .lastOverTime, .maxOverTime, .minOverTime, .presentOverTime, .rate,
            .resets, .stddevOverTime, .stdvarOverTime, .sumOverTime:
            Signature(arguments: [.matrix])
        case .clamp: Signature(arguments: [.vector, .scalar, .scalar])
        case .clampMax, .clampMin: Signature(arguments: [.vector, .scalar])
        case .round: Signature(arguments: [.vector, .scalar], optional: 1)
        case .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year:
            Signature(arguments: [.vector], optional: 1)
        case .histogramQuantile: Signature(arguments: [.scalar, .vector])
        case .holtWinters: Signature(arguments: [.matrix, .scalar, .scalar])
        case .labelJoin:
            Signature(arguments: [.vector, .string, .string, .string], repeatsLast: true)
        case .labelReplace: Signature(arguments: [.vector, .string, .string, .string, .string])
        case .pi, .time: Signature(arguments: [], result: .scalar)
        case .predictLinear: Signature(arguments: [.matrix, .scalar])
        case .quantileOverTime: Signature(arguments: [.scalar, .matrix])
        case .scalar: Signature(arguments: [.vector], result: .scalar)
        case .vector: Signature(arguments: [.scalar])
        default: Signature(arguments: [.vector])
        }
    }

    /// Whether the result depends on the step's time even where the arguments don't.
    var looksAtClock: Bool {
        switch self {
        case .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year,
            .predictLinear, .time, .timestamp:
            true
        default: false
        }
    }
}
