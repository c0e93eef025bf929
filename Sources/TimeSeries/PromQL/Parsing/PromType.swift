/// What an expression gives; the names are those of Prometheus's documentation.
enum PromType: String, Sendable {
    case scalar
    case string
    case vector = "instant vector"
    case matrix = "range vector"
}
