/// What happens in a shard of streams.
package enum MetricShardEvent: Event {
    /// Samples, or only time, as `ShardStore` has decided on them: the record's payload as it is.
    case samples([UInt8])

    package static let samplesType = "samples"

    package var type: String { Self.samplesType }

    package var isBinary: Bool { true }

    package func payload() -> [UInt8] {
        switch self {
        case .samples(let payload): payload
        }
    }

    package init?(type: String, payload: [UInt8]) {
        guard type == Self.samplesType else { return nil }
        self = .samples(payload)
    }
}
