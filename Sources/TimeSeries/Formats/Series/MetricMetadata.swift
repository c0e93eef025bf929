/// What is said of a metric family, beside its samples.
package struct MetricMetadata: Sendable, Hashable {
    /// With the numbers of remote_write's enumeration.
    package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case unknown, counter, gauge, histogram, gaugehistogram, summary, info, stateset
    }

    package let family: String
    package var kind: Kind
    package var help: String
    package var unit: String

    package init(family: String, kind: Kind = .unknown, help: String = "", unit: String = "") {
        self.family = family
        self.kind = kind
        self.help = help
        self.unit = unit
    }
}

extension MetricMetadata.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown: "unknown"
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        case .gaugehistogram: "gaugehistogram"
        case .summary: "summary"
        case .info: "info"
        case .stateset: "stateset"
        }
    }
}
