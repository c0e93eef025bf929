/// Where a scrape's text comes from.
package protocol ScrapeSource: Sendable {
    func fetch(_ target: ScrapeTarget) async throws(ScrapeFailure) -> ScrapeText
}
