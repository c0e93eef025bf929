/// HTTP requests by route template, method and status, and how long they took by route.
///
/// Every cell exists from the start: paths and methods of clients never become labels.
package final class HTTPInstruments: Sendable {
    private static let statuses = [
        200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 429, 431, 500, 503,
    ]
    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "none",
    ]

    /// Templates without doubles; the last is for what no route matches.
    private let templates: [String]
    /// The template of each route.
    private let templateOfRoute: [Int]
    private let requests: [Counter]
    private let times: [Histogram]

    package init(routes: [String]) {
        var templates: [String] = []
        var numbers: [String: Int] = [:]
        for route in routes where numbers[route] == nil {
            numbers[route] = templates.count
            templates.append(route)
        }
        templateOfRoute = routes.compactMap { numbers[$0] }
        for fixed in FixedPath.allCases { templates.append(fixed.rawValue) }
        templates += [PrometheusEndpoint.prefix, "page", "none"]
        self.templates = templates
        let cells = templates.count * Self.methods.count * (Self.statuses.count + 1)
        requests = (0..<cells).map { _ in Counter() }
        times = templates.map { _ in Histogram.seconds() }
    }

    /// What a request was for.
    enum Target {
        case route(Int)
        case fixed(FixedPath)
        case prometheus
        case page
    }

    func count(route: Target?, method: String, status: Int) {
        requests[cell(template(route), method, status)].add()
    }

    func observe(route: Target?, nanoseconds: Int) {
        times[template(route)].observe(nanoseconds)
    }

    /// The counters that were used.
    var requestsSeen: [(route: String, method: String, status: String, count: Int)] {
        var seen: [(route: String, method: String, status: String, count: Int)] = []
        for (cell, counter) in requests.enumerated() where counter.value > 0 {
            let (rest, status) = cell.quotientAndRemainder(dividingBy: Self.statuses.count + 1)
            let (template, method) = rest.quotientAndRemainder(dividingBy: Self.methods.count)
            let code = status < Self.statuses.count ? String(Self.statuses[status]) : "other"
            seen.append((templates[template], Self.methods[method], code, counter.value))
        }
        return seen
    }

    /// The histograms that were used.
    var timesSeen: [(route: String, histogram: Histogram)] {
        zip(templates, times).filter { $1.reading.counts.contains { $0 > 0 } }
            .map { (route: $0, histogram: $1) }
    }

    private func template(_ target: Target?) -> Int {
        switch target {
        case .route(let number): templateOfRoute[number]
        case .fixed(let path): templates.count - 3 - FixedPath.allCases.count + path.number
        case .prometheus: templates.count - 3
        case .page: templates.count - 2
        case nil: templates.count - 1
        }
    }

    private func cell(_ template: Int, _ method: String, _ status: Int) -> Int {
        let methodNumber = Self.methods.firstIndex(of: method) ?? Self.methods.count - 1
        let statusNumber = Self.statuses.firstIndex(of: status) ?? Self.statuses.count
        let row = template * Self.methods.count + methodNumber
        return row * (Self.statuses.count + 1) + statusNumber
    }
}
