import HTTPTypes

/// The part of the REST API that takes samples in.
extension RouteTable {
    static let ingest: [Route] = [
        Route(
            .post,
            "/api/v1/write",
            .ingest(.remoteWrite),
            "Takes samples in, as Prometheus' remote_write 1.0 sends them.",
            [],
            reply: [],
            bodyBytesMaximum: IngestLimits().bodyBytesMaximum
        ),
        Route(
            .post,
            "/api/metrics",
            .ingest(.push),
            "Takes samples in: lines of JSON, Prometheus' text format, or OpenMetrics.",
            [],
            reply: [.need("accepted", .count), .need("duplicates", .count)],
            bodyBytesMaximum: IngestLimits().bodyBytesMaximum
        ),
    ]
}
