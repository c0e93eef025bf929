import Hub

/// What is scraped, how often, and what becomes of it.
package struct ScrapeTarget: Sendable {
    package static let intervals: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)

    package var url: String
    package var interval: Duration = .seconds(15)
    /// Never longer than the interval.
    package var timeout: Duration = .seconds(10)
    /// Of all its series; `job` and `instance` among them.
    package var labels: [(name: String, value: String)]
    package var filter = SeriesFilter()
    package var honorsTimestamps = true
    package var bodyBytesMaximum = 32 << 20
    /// Series after filtering; more, and the scrape counts as failed.
    package var seriesMaximum = 100_000

    /// Nil if that is no address of HTTP. It is an instance of the job `scrape`, named after its
    /// host and port.
    package init?(url: String, job: String = "scrape") {
        guard let instance = Self.instance(url) else { return nil }
        self.url = url
        labels = [("instance", instance), ("job", job)]
    }

    package mutating func set(label name: String, to value: String) {
        labels.removeAll { $0.name == name }
        labels.append((name, value))
        labels.sort { $0.name < $1.name }
    }

    /// Host and port.
    private static func instance(_ url: String) -> String? {
        for (scheme, port) in [("http://", "80"), ("https://", "443")] {
            guard url.hasPrefix(scheme) else { continue }
            let rest = url.dropFirst(scheme.count)
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
            guard !place.isEmpty, !place.hasPrefix(":") else { return nil }
            let hasPort = place.last != "]" && place.contains(":")
            return hasPort ? String(place) : "\(place):\(port)"
        }
        return nil
    }
}
