import AsyncHTTPClient
import Hub
import NIOCore
import NIOHTTP1

/// Scrapes by HTTP, as Prometheus does.
package struct HTTPScrapeSource: ScrapeSource {
    /// OpenMetrics rather than the text format.
    private static let accept = [
        "application/openmetrics-text;version=1.0.0",
        "application/openmetrics-text;version=0.0.1;q=0.75",
        "text/plain;version=0.0.4;q=0.5",
        "*/*;q=0.1",
    ].joined(separator: ",")

    private let client: HTTPClient
    private let agent: String

    /// - Parameter version: Of the hub, for `User-Agent`.
    package init(version: String) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.idleTimeout = .seconds(30)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        agent = "Martlet/\(version)"
    }

    package func shutdown() async {
        try? await client.shutdown()
    }

    package func fetch(_ target: ScrapeTarget) async throws(ScrapeFailure) -> ScrapeText {
        do {
            var request = HTTPClientRequest(url: target.url)
            let milliseconds = target.timeout.milliseconds
            request.headers = [
                "Accept": Self.accept, "Accept-Encoding": "gzip", "User-Agent": agent,
                "X-Prometheus-Scrape-Timeout-Seconds": "\(Double(milliseconds) / 1000)",
            ]
            let response = try await client.execute(
                request,
                timeout: .milliseconds(milliseconds)
            )
            guard response.status == .ok else {
                throw ScrapeFailure.status(Int(response.status.code))
            }
            let body = try await response.body.collect(upTo: target.bodyBytesMaximum)
            let type = response.headers.first(name: "Content-Type") ?? ""
            var bytes = Array(body.readableBytesView)
            if response.headers.first(name: "Content-Encoding")?.lowercased() == "gzip" {
                bytes = try Gunzip.unpack(bytes, upTo: target.bodyBytesMaximum)
            }
            return ScrapeText(bytes: bytes, contentType: type)
        } catch let failure as ScrapeFailure {
            throw failure
        } catch Gunzip.Failure.malformed {
            throw .malformed("it is not gzip")
        } catch is NIOTooManyBytesError, Gunzip.Failure.tooLarge {
            throw .tooLarge
        } catch {
            throw .unreachable("\(error)")
        }
    }
}
