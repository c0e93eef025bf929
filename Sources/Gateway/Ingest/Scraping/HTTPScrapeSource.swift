import AsyncHTTPClient
import Hub
import NIOCore
import NIOHTTP1
import Synchronization

/// Scrapes by HTTP, as Prometheus does.
package final class HTTPScrapeSource: ScrapeSource {
    /// OpenMetrics rather than the text format.
    private static let accept = [
        "application/openmetrics-text;version=1.0.0",
        "application/openmetrics-text;version=0.0.1;q=0.75",
        "text/plain;version=0.0.4;q=0.5",
        "*/*;q=0.1",
    ].joined(separator: ",")

    /// Made when it is first needed: one that was never shut down would be a mistake.
    private let client = Mutex<HTTPClient?>(nil)
    private let agent: String

    /// - Parameter version: Of the hub, for `User-Agent`.
    package init(version: String) {
        agent = "Martlet/\(version)"
    }

    private func open() -> HTTPClient {
        client.withLock { client in
            if let client { return client }
            // A redirect might lead to a place that the configuration doesn't name.
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.connectionPool.idleTimeout = .seconds(30)
            let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            client = made
            return made
        }
    }

    package func shutdown() async {
        let open = client.withLock { exchange(&$0, with: nil) }
        try? await open?.shutdown()
    }

    package func fetch(_ target: ScrapeTarget) async throws(ScrapeFailure) -> ScrapeText {
        do {
            var request = HTTPClientRequest(url: target.url)
            let milliseconds = target.timeout.milliseconds
            request.headers = [
                "Accept": Self.accept, "Accept-Encoding": "gzip", "User-Agent": agent,
                "X-Prometheus-Scrape-Timeout-Seconds": "\(Double(milliseconds) / 1000)",
            ]
            let response = try await open().execute(
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
