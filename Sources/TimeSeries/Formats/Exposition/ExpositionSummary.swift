/// What a text of metrics held beside the samples that went into the sink.
package struct ExpositionSummary: Sendable, Hashable {
    /// Those that went into the sink.
    package internal(set) var samples = 0
    /// Samples whose labels are refused.
    package internal(set) var refused: [LabelFault: Int] = [:]
    /// The line of the first of them.
    package internal(set) var firstRefused: Int?
    /// Exemplars, which are not kept.
    package internal(set) var exemplars = 0
    /// By family, in the order of their first mention.
    package internal(set) var metadata: [MetricMetadata] = []

    package init() {}

    package var refusedSamples: Int { refused.values.reduce(0, +) }
}
