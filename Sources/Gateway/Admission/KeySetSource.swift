import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Where a key set is read from.
package enum KeySetSource: Sendable, Hashable {
    case file(String)
    case url(String)

    /// - Parameter text: A path, or an address that begins with `https://`, or with `http://` when
    ///   its host is loopback: keys that came over an open line could be anyone's.
    package init(_ text: String) throws(KeyError) {
        guard text.contains("://") else {
            self = .file(text)
            return
        }
        guard let url = URL(string: text), let host = url.host(), url.user() == nil else {
            throw .unreachableKeySet("the address is malformed")
        }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        switch url.scheme {
        case "https": break
        case "http" where bare == "localhost" || IPAddress(bare)?.isLoopback == true: break
        default:
            throw .unreachableKeySet("an address begins with https://, or http:// on loopback")
        }
        self = .url(text)
    }

    package static let timeout: TimeAmount = .seconds(10)

    package func read() async throws(KeyError) -> [UInt8] {
        switch self {
        case .file(let path): try Self.read(file: path)
        case .url(let address): try await Self.read(url: address)
        }
    }

    private static func read(file path: String) throws(KeyError) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .unreachableKeySet("the file can't be opened")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: KeySet.bytesMaximum + 1) else {
            throw .unreachableKeySet("the file can't be read or is empty")
        }
        return Array(data)
    }

    private static func read(url: String) async throws(KeyError) -> [UInt8] {
        // One client per reading: it happens once in minutes, and an idle one would hold sockets.
        // A redirect might lead to a place that the configuration doesn't name.
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
        )
        let result = await fetch(url, with: client)
        try? await client.shutdown()
        return try result.get()
    }

    private static func fetch(
        _ url: String,
        with client: HTTPClient
    ) async -> Result<[UInt8], KeyError> {
        do {
            var request = HTTPClientRequest(url: url)
            request.headers.add(name: "Accept", value: "application/jwk-set+json, application/json")
            let response = try await client.execute(request, timeout: timeout)
            guard response.status == .ok else {
                return .failure(.unreachableKeySet("the answer was \(response.status.code)"))
            }
            var body = try await response.body.collect(upTo: KeySet.bytesMaximum)
            return .success(body.readBytes(length: body.readableBytes) ?? [])
        } catch is NIOTooManyBytesError {
            return .failure(.malformedKeySet("it is too large"))
        } catch {
            return .failure(.unreachableKeySet("\(error)"))
        }
    }
}
