import TimeSeries

/// Keeps what a reader yields, in its order.
struct CollectedSeries: SampleSink, Equatable {
    struct Entry: Equatable {
        var labels: Labels
        var samples: [Sample]
    }

    private(set) var entries: [Entry] = []

    mutating func begin(series labels: RawSpan) {
        var bytes: [UInt8] = []
        for index in 0..<labels.byteCount {
            bytes.append(labels.unsafeLoad(fromByteOffset: index, as: UInt8.self))
        }
        entries.append(Entry(labels: Labels(canonical: bytes), samples: []))
    }

    mutating func append(_ sample: Sample) {
        entries[entries.count - 1].samples.append(sample)
    }

    /// As lines of text: `name{label="value"} value at`.
    var lines: [String] {
        entries.flatMap { entry in
            entry.samples.map { "\(entry.labels) \($0.value) \($0.at)" }
        }
    }
}
