import HTTPTypes
import Hub
import TimeSeries

/// A request's samples, ready for the shards, and what was left out on the way.
struct DecodedSamples: Sendable {
    var batches: [ShardBatch] = []
    /// Of metrics that the client may write.
    var metadata: [MetricMetadata] = []
    /// By the word for the reason.
    var refused: [String: Int] = [:]

    static func decode(
        _ body: [UInt8],
        as format: IngestFormat,
        grants: Grants,
        now: Int64
    ) throws(Problem) -> DecodedSamples {
        var sink = GrantedSink(grants, reserving: body.count)
        var decoded = DecodedSamples()
        switch format {
        case .remoteWrite: try decoded.readRemoteWrite(body, &sink)
        case .prometheus: try decoded.readText(body, .prometheus, now, &sink)
        case .openMetrics: try decoded.readText(body, .openMetrics, now, &sink)
        case .jsonLines: try decoded.readLines(body, now, &sink)
        }
        decoded.metadata.removeAll { entry in !sink.allows(entry) }
        if sink.forbidden > 0 { decoded.refused["forbidden"] = sink.forbidden }
        decoded.batches = sink.batches.finish()
        return decoded
    }

    private mutating func readRemoteWrite(
        _ body: [UInt8],
        _ sink: inout GrantedSink
    ) throws(Problem) {
        do throws(ProtobufError) {
            var reader = RemoteWriteReader()
            let summary = try reader.read(body, into: &sink)
            metadata = summary.metadata
            note(summary.refused)
        } catch {
            throw Problem(.badRequest, .badRequest, "The body is no WriteRequest: \(error).")
        }
    }

    private mutating func readText(
        _ body: [UInt8],
        _ dialect: ExpositionOptions.Dialect,
        _ now: Int64,
        _ sink: inout GrantedSink
    ) throws(Problem) {
        do throws(ExpositionError) {
            var reader = ExpositionReader(ExpositionOptions(dialect, now: now))
            let summary = try reader.read(body, into: &sink)
            metadata = summary.metadata
            note(summary.refused)
        } catch {
            throw Problem(.badRequest, .badRequest, "The body is malformed: \(error).")
        }
    }

    private mutating func readLines(
        _ body: [UInt8],
        _ now: Int64,
        _ sink: inout GrantedSink
    ) throws(Problem) {
        var lines = JSONLines(now: now)
        do throws(JSONLines.Failure) {
            try lines.read(body, into: &sink)
        } catch {
            throw Problem(.badRequest, .badRequest, "line \(error.line): \(error.message)")
        }
        note(lines.refused)
    }

    private mutating func note(_ faults: [LabelFault: Int]) {
        for (fault, count) in faults { refused[fault.rawValue, default: 0] += count }
    }
}
