import HTTPTypes
import Hub

/// Where clients write samples to.
enum IngestRoute: String, Sendable {
    /// As Prometheus sends them.
    case remoteWrite
    /// As anybody may.
    case push

    func format(
        _ fields: HTTPFields
    ) throws(Problem) -> (format: IngestFormat, packing: IngestFormat.Packing) {
        switch self {
        case .remoteWrite: (.remoteWrite, try IngestFormat.remoteWrite(fields))
        case .push: try IngestFormat.push(fields)
        }
    }

    /// What metrics about samples call it.
    var source: String {
        switch self {
        case .remoteWrite: "remote_write"
        case .push: "push"
        }
    }

    var mediaTypes: [String] {
        switch self {
        case .remoteWrite: ["application/x-protobuf"]
        case .push:
            [
                "application/json", "application/x-ndjson", "text/plain",
                "application/openmetrics-text",
            ]
        }
    }
}
