/// What a remote_write request held beside the samples that went into the sink.
package struct RemoteWriteSummary: Sendable, Hashable {
    /// Those that went into the sink.
    package internal(set) var samples = 0
    /// Samples of series whose labels are refused.
    package internal(set) var refused: [LabelFault: Int] = [:]
    /// Native histograms and exemplars, which are not kept.
    package internal(set) var histograms = 0
    package internal(set) var exemplars = 0
    package internal(set) var metadata: [MetricMetadata] = []

    package init() {}

    package var refusedSamples: Int { refused.values.reduce(0, +) }
}
