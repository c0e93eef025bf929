/// The paths outside `/api` that are always there.
enum FixedPath: String, CaseIterable {
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case openAPI = "/openapi.json"
    case asyncAPI = "/asyncapi.json"

    var number: Int {
        switch self {
        case .health: 0
        case .readiness: 1
        case .metrics: 2
        case .openAPI: 3
        case .asyncAPI: 4
        }
    }
}
