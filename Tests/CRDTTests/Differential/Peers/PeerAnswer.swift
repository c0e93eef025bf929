import Foundation

/// What a driver answers to one command.
struct PeerAnswer: Decodable {
    /// What can be read of a document, in canonical text.
    struct Reading: Decodable, Equatable {
        var text: String
        var delta: String
        var map: String
        var array: String
        var xml: String

        /// The parts that differ, for a failure's message.
        func difference(from other: Reading) -> String? {
            let parts: [(String, KeyPath<Reading, String>)] = [
                ("text", \.text), ("delta", \.delta), ("map", \.map), ("array", \.array),
                ("xml", \.xml),
            ]
            let differing = parts.filter { !isEqual(self[keyPath: $1], other[keyPath: $1]) }
            guard !differing.isEmpty else { return nil }
            return differing.map { "\($0): \(self[keyPath: $1]) but \(other[keyPath: $1])" }
                .joined(separator: "\n    ")
        }

        /// Byte by byte: Swift's own equality takes different scalars for the same character.
        private func isEqual(_ one: String, _ other: String) -> Bool {
            one.utf8.elementsEqual(other.utf8)
        }
    }

    struct State: Decodable {
        let vector: Data
        let v1: Data
        let v2: Data?
        let reading: Reading
    }

    let error: String?
    let updates: [Data]?
    let states: [State]?

    let vector: Data?
    let v1: Data?
    let v2: Data?
    let reading: Reading?

    let update: Data?
    let merged: Data?
    let mergedV2: Data?
    let converted: [Data]?
    let diff: Data?
}
