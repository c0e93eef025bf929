/// Instruments of one name that differ in one label, whose values are known beforehand.
///
/// What isn't among them is counted as `other`, so that no client can make the family grow. On a
/// hot path the instrument is fetched once and kept.
package final class Family<Instrument: Sendable>: Sendable {
    package let label: String
    package let values: [String]
    private let instruments: [Instrument]
    private let numbers: [String: Int]

    package init(label: String, values: [String], make: () -> Instrument) {
        self.label = label
        let values = values + ["other"]
        self.values = values
        instruments = values.map { _ in make() }
        numbers = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    }

    package subscript(value: String) -> Instrument {
        instruments[numbers[value] ?? instruments.count - 1]
    }

    package var all: some Sequence<(value: String, instrument: Instrument)> {
        zip(values, instruments).lazy.map { (value: $0, instrument: $1) }
    }
}
