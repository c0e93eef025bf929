import Foundation

/// What the driver is asked to do.
struct PeerCommand: Encodable {
    struct Metric: Encodable {
        struct Value: Encodable {
            let labels: [String]
            let number: Double

            func encode(to encoder: any Encoder) throws {
                var both = encoder.unkeyedContainer()
                try both.encode(labels)
                try both.encode(number)
            }
        }

        let name: String
        let help: String
        let kind: String
        let unit: String
        let names: [String]
        let values: [Value]
    }

    private let `do`: String
    private var data: Data?
    private var format: String?
    private var text: String?
    private var metrics: [Metric]?

    static func compress(_ bytes: [UInt8]) -> PeerCommand {
        PeerCommand(do: "compress", data: Data(bytes))
    }

    static func decompress(_ bytes: [UInt8]) -> PeerCommand {
        PeerCommand(do: "decompress", data: Data(bytes))
    }

    static func parse(_ text: String, _ format: String) -> PeerCommand {
        PeerCommand(do: "parse", format: format, text: text)
    }

    static func expose(_ metrics: [Metric], _ format: String) -> PeerCommand {
        PeerCommand(do: "expose", format: format, metrics: metrics)
    }
}
