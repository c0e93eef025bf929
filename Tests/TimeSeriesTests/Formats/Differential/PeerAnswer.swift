import Foundation
import TimeSeries

/// What the driver answers.
struct PeerAnswer: Decodable {
    struct Sample: Decodable {
        let name: String
        let labels: [String: String]
        /// Of the value, big endian in hexadecimal; or `nan`.
        let bits: String
        let at: Int64?
    }

    struct Family: Decodable {
        let name: String
        let type: String
        let help: String
        let unit: String
    }

    let data: Data?
    let text: String?
    let samples: [Sample]?
    let families: [Family]?
    let error: String?

    /// The samples as lines, sorted; those without a time have this one.
    func lines(now: Int64) -> [String] {
        (samples ?? []).map { sample in
            let labels = [(Labels.nameLabel, sample.name)] + sample.labels.map { ($0, $1) }
            return "\(Labels(labels)) \(sample.bits) \(sample.at ?? now)"
        }.sorted()
    }

    /// Our samples in the same form.
    static func lines(_ series: CollectedSeries) -> [String] {
        series.entries.flatMap { entry in
            entry.samples.map { sample in
                let hex = String(sample.value.bitPattern, radix: 16)
                let bits = String(repeating: "0", count: 16 - hex.count) + hex
                return "\(entry.labels) \(sample.value.isNaN ? "nan" : bits) \(sample.at)"
            }
        }.sorted()
    }
}
