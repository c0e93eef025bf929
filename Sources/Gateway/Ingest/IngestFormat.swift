import HTTPTypes
import Hub

/// What a request's body is, and how it is packed.
enum IngestFormat: Sendable, Hashable {
    case remoteWrite
    case prometheus
    case openMetrics
    case jsonLines

    enum Packing: Sendable, Hashable {
        case none
        case snappy
        case gzip
    }

    /// remote_write 1.0, and nothing else: a message of version 2 would read as an empty one.
    static func remoteWrite(_ fields: HTTPFields) throws(Problem) -> Packing {
        let type = MediaType(fields[.contentType] ?? "")
        let message = type.parameters["proto"] ?? "prometheus.WriteRequest"
        guard type.essence == "application/x-protobuf", message == "prometheus.WriteRequest" else {
            throw .wrongType(
                "Bodies are a prometheus.WriteRequest in application/x-protobuf: remote_write 1.0."
            )
        }
        switch fields[.contentEncoding]?.lowercased() ?? "snappy" {
        case "snappy": return .snappy
        default: throw .wrongType("Bodies are encoded as snappy.")
        }
    }

    /// What clients push otherwise.
    static func push(_ fields: HTTPFields) throws(Problem) -> (IngestFormat, Packing) {
        let packing: Packing
        switch fields[.contentEncoding]?.lowercased() ?? "identity" {
        case "identity", "": packing = .none
        case "gzip", "x-gzip": packing = .gzip
        default: throw .wrongType("Bodies are encoded as gzip, or not at all.")
        }
        guard let format = text(fields[.contentType] ?? "") else {
            throw .wrongType(
                """
                Bodies are application/json or application/x-ndjson with an object a line, \
                text/plain in Prometheus' format 0.0.4, or application/openmetrics-text.
                """
            )
        }
        return (format, packing)
    }

    /// The format of a media type; nil for what is none of ours.
    static func text(_ mediaType: String) -> IngestFormat? {
        switch MediaType(mediaType).essence {
        case "application/json", "application/x-ndjson", "application/jsonl",
            "application/x-jsonlines", "application/stream+json":
            .jsonLines
        case "text/plain": .prometheus
        case "application/openmetrics-text": .openMetrics
        default: nil
        }
    }
}
