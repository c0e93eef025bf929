/// What makes one series of many.
enum PromAggregator: String, Sendable {
    case avg, bottomk, count, countValues = "count_values", group, max, min, quantile
    case stddev, stdvar, sum, topk

    /// Whether an argument comes before the vector.
    var takesParameter: Bool {
        switch self {
        case .bottomk, .topk, .quantile, .countValues: true
        default: false
        }
    }
}
