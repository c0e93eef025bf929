import HTTPTypes

/// Finds the route of a path: one dictionary look-up per segment.
struct RouteTree: Sendable {
    /// What a path leads to.
    enum Match {
        case route(Int, values: [String])
        /// The path exists, the method doesn't.
        case methods([HTTPRequest.Method])
        case malformed
        case none
    }

    private struct Node: Sendable {
        var children: [Substring: Int] = [:]
        var placeholder: Int?
        /// Method and number of the route.
        var routes: [(method: HTTPRequest.Method, route: Int)] = []
    }

    private var nodes = [Node()]

    init(_ routes: [Route]) {
        for (number, route) in routes.enumerated() { insert(route, number) }
    }

    private mutating func insert(_ route: Route, _ number: Int) {
        var node = 0
        for segment in route.template.dropFirst().split(separator: "/") {
            let isPlaceholder = segment.hasPrefix("{")
            if let next = isPlaceholder ? nodes[node].placeholder : nodes[node].children[segment] {
                node = next
                continue
            }
            nodes.append(Node())
            let next = nodes.count - 1
            if isPlaceholder {
                nodes[node].placeholder = next
            } else {
                nodes[node].children[segment] = next
            }
            node = next
        }
        let isTwice = nodes[node].routes.contains { $0.method == route.method }
        precondition(!isTwice, "A method and path stand for one route.")
        nodes[node].routes.append((route.method, number))
    }

    /// Follows a path without its query. Segments are decoded after they were told apart, so `%2F`
    /// is a slash within a name.
    func match(_ path: Substring, _ method: HTTPRequest.Method) -> Match {
        var node = 0
        var values: [String] = []
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if let next = nodes[node].children[segment] {
                node = next
            } else if let next = nodes[node].placeholder {
                guard let value = PercentCoding.decode(segment), !value.isEmpty else {
                    return .malformed
                }
                values.append(value)
                node = next
            } else {
                return .none
            }
        }
        guard !nodes[node].routes.isEmpty else { return .none }
        let wanted = method == .head ? .get : method
        for entry in nodes[node].routes where entry.method == wanted {
            return .route(entry.route, values: values)
        }
        return .methods(Self.allowed(nodes[node].routes.map(\.method)))
    }

    private static func allowed(_ methods: [HTTPRequest.Method]) -> [HTTPRequest.Method] {
        var allowed = methods
        if methods.contains(.get) { allowed.append(.head) }
        allowed.append(.options)
        return allowed
    }
}
