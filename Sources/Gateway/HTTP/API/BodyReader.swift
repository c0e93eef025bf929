import HTTPTypes
import Hub
import HummingbirdCore
import NIOCore

/// Reads a request's JSON body within the route's cap.
struct BodyReader: Sendable {
    let maximum: Int

    /// The body as an object; an empty one where nothing was sent.
    ///
    /// `POST` and `PATCH` must say that they send JSON even when they send nothing: a form of
    /// another site can't say that, so no user is made to write by one. Browsers ask before the
    /// rest.
    func read(_ call: Call, _ writer: borrowing ResponseWriter) async throws(Problem) -> JSON {
        let declared = try declaredLength(call)
        let hasBody = declared.map { $0 > 0 } ?? call.fields.contains(.transferEncoding)
        let mustSay = hasBody || call.method == .post || call.method == .patch
        guard !mustSay || Self.isJSON(call.fields[.contentType]) else { throw .wrongType }
        guard hasBody else { return .object([]) }
        if let declared, declared > maximum { throw .bodyTooLarge(maximum) }
        let bytes = try await collect(call, writer)
        guard !bytes.isEmpty else { return .object([]) }
        return try Self.object(bytes)
    }

    /// The body as the route wants it: bytes and texts become a field of their own.
    func read(
        _ call: Call,
        _ writer: borrowing ResponseWriter,
        for route: Route
    ) async throws(Problem) -> JSON {
        if case .ingest(let ingest) = route.work {
            _ = try ingest.format(call.fields)
            return ["body": .bytes(try await bytes(call, writer))]
        }
        guard case .document(let document) = route.work else { return try await read(call, writer) }
        switch document.body {
        case .none, .json: return try await read(call, writer)
        case .bytes:
            guard Self.isType("application/octet-stream", call.fields[.contentType]) else {
                throw .wrongType("Updates are of type application/octet-stream.")
            }
            return ["update": .bytes(try await bytes(call, writer))]
        case .text:
            guard Self.isType("text/plain", call.fields[.contentType]) else {
                return try await read(call, writer)
            }
            let bytes = try await bytes(call, writer)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Problem(.badRequest, .badRequest, "The body is not UTF-8.")
            }
            return ["text": .string(text)]
        }
    }

    /// The body as it is.
    func bytes(
        _ call: Call,
        _ writer: borrowing ResponseWriter
    ) async throws(Problem) -> [UInt8] {
        if let declared = try declaredLength(call), declared > maximum {
            throw .bodyTooLarge(maximum)
        }
        return try await collect(call, writer)
    }

    private func declaredLength(_ call: Call) throws(Problem) -> Int? {
        guard let text = call.fields[.contentLength] else { return nil }
        guard let length = Int(text), length >= 0 else {
            throw Problem(.badRequest, .badRequest, "Content-Length is malformed.")
        }
        return length
    }

    private func collect(
        _ call: Call,
        _ writer: borrowing ResponseWriter
    ) async throws(Problem) -> [UInt8] {
        do {
            if call.fields[.expect]?.lowercased() == "100-continue" {
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
            }
            let buffer = try await call.request.body.collect(upTo: maximum)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw .bodyTooLarge(maximum)
        } catch {
            throw Problem(.badRequest, .badRequest, "The body ended early.")
        }
    }

    private static func object(_ bytes: [UInt8]) throws(Problem) -> JSON {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem(.badRequest, .badRequest, "The body is not UTF-8.")
        }
        do throws(Rejection) {
            let json = try JSONParser.parse(bytes)
            guard case .object = json else {
                throw Rejection(.badRequest, "The body is a JSON object.")
            }
            return json
        } catch {
            throw Problem(error)
        }
    }

    /// `application/json`, with or without parameters.
    static func isJSON(_ type: String?) -> Bool { isType("application/json", type) }

    /// That media type, with or without parameters.
    static func isType(_ name: String, _ type: String?) -> Bool {
        guard let type else { return false }
        let essence = type.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let trimmed = essence.filter { $0 != " " && $0 != "\t" }
        return trimmed.lowercased() == name
    }
}
