/// The words of PromQL that are more than names, written in any case.
enum PromKeyword: String, Sendable {
    case and, or, unless, atan2
    case avg, bottomk, count, countValues = "count_values", group, max, min, quantile
    case stddev, stdvar, sum, topk
    case bool, by, groupLeft = "group_left", groupRight = "group_right", ignoring, offset, on
    case without
    case start, end

    var aggregator: PromAggregator? { PromAggregator(rawValue: rawValue) }
    var binaryOperator: PromOperator? { PromOperator(rawValue: rawValue) }

    /// Whether a metric may have it as its name without braces.
    var mayNameMetric: Bool {
        switch self {
        case .atan2, .bool, .groupLeft, .groupRight, .ignoring, .on: false
        default: true
        }
    }
}
