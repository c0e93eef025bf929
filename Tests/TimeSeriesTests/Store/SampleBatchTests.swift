import Testing
import TimeSeries

@Suite("Sample batches")
struct SampleBatchTests {
    /// What a reader finds: labels and samples, and whether all of it was well formed.
    static func read(_ bytes: [UInt8]) -> (series: [(Labels, [Sample])], isWhole: Bool) {
        var found: [(Labels, [Sample])] = []
        var reader = SampleBatchReader(bytes)
        while let series = reader.next() {
            let samples = (0..<series.samples).map { reader.sample($0, of: series) }
            found.append((Labels(canonical: Array(bytes[series.labels])), samples))
        }
        return (found, !reader.isMalformed)
    }

    private static func batch() -> SampleBatchWriter {
        var writer = SampleBatchWriter()
        writer.beginSeries(Labels([("__name__", "up"), ("job", "hub")]))
        writer.append(at: 1_700_000_000_000, value: 1)
        writer.append(Sample(at: -5, value: -0.0))
        writer.beginSeries(Labels([("__name__", "down")]))
        writer.beginSeries(Labels([("__name__", "third")]).bytes[...])
        writer.append(at: .max, value: Sample.staleMarker)
        return writer
    }

    @Test("What was written is read, series without samples included")
    func roundTrip() {
        let batch = Self.batch()
        let (series, isWhole) = Self.read(batch.bytes)
        #expect(isWhole)
        #expect(batch.samples == 3)
        #expect(series.map { "\($0.0)" } == [#"up{job="hub"}"#, "down", "third"])
        #expect(
            series[0].1 == [
                Sample(at: 1_700_000_000_000, value: 1), Sample(at: -5, value: -0.0),
            ]
        )
        #expect(series[1].1 == [])
        #expect(series[2].1 == [Sample(at: .max, value: Sample.staleMarker)])
    }

    @Test("A batch that is cut anywhere is read up to the cut, and said to be malformed")
    func cut() {
        let bytes = Self.batch().bytes
        var whole: [Int] = []
        for end in 0..<bytes.count {
            let (series, isWhole) = Self.read(Array(bytes[..<end]))
            #expect(series.count < 3)
            if isWhole { whole.append(series.count) }
        }
        // Only between two series is a cut not seen.
        #expect(whole == [0, 1, 2])
    }

    @Test("A shard is the same for ever")
    func shard() {
        let labels = (0..<8).map { Labels([("__name__", "m\($0)"), ("instance", "host:9100")]) }
        #expect(labels.map { SeriesHash.shard(of: $0) } == [3, 1, 5, 0, 5, 0, 1, 0])
    }
}
