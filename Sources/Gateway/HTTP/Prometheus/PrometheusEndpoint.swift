import HTTPTypes

/// What can be asked of Prometheus' query API.
enum PrometheusEndpoint {
    case query
    case queryRange
    case series
    case labels
    case labelValues(String)
    case metadata
    case buildInformation
    case cardinality

    static let prefix = "/api/v1/"

    /// Nil for a path that is not of this API.
    init?(path: Substring) {
        guard path.hasPrefix(Self.prefix) else { return nil }
        let path = path.dropFirst(Self.prefix.count).split(separator: "/")
        switch path {
        case ["query"]: self = .query
        case ["query_range"]: self = .queryRange
        case ["series"]: self = .series
        case ["labels"]: self = .labels
        case ["metadata"]: self = .metadata
        case ["status", "buildinfo"]: self = .buildInformation
        case ["status", "tsdb"]: self = .cardinality
        default:
            guard path.count == 3, path[0] == "label", path[2] == "values",
                let name = PercentCoding.decode(path[1])
            else { return nil }
            self = .labelValues(name)
        }
    }

    var methods: [HTTPRequest.Method] {
        switch self {
        case .query, .queryRange, .series, .labels: [.get, .post]
        case .labelValues, .metadata, .buildInformation, .cardinality: [.get]
        }
    }
}
