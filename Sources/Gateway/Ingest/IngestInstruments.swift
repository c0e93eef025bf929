import Hub
import TimeSeries

/// What is counted of samples that come in.
package final class IngestInstruments: Sendable {
    package static let sources = ["remote_write", "push", "scrape", "statsd", "collector"]

    /// By where they came from.
    package let accepted = Family(label: "source", values: sources) { Counter() }
    package let duplicates = Counter()
    /// By the word that replies have for the reason.
    package let refused = Family(
        label: "reason",
        values: Refusal.allCases.map(\.word) + LabelFault.allCases.map(\.rawValue) + ["forbidden"]
    ) { Counter() }
    /// Requests with bytes that are not what they say they are.
    package let malformed = Family(label: "source", values: sources) { Counter() }
    package let scrapes = Family(label: "outcome", values: ["ok", "failed"]) { Counter() }
    package let statsDLines = Family(label: "outcome", values: ["taken", "malformed"]) { Counter() }

    package init() {}

    func count(_ outcome: PushReport.Outcome, source: String) {
        accepted[source].add(outcome.accepted)
        duplicates.add(outcome.duplicates)
        for (reason, count) in outcome.refused { refused[reason.word].add(count) }
    }
}
