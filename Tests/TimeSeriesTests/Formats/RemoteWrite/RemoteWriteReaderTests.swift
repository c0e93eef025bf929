import Testing
import TimeSeries

@Suite("remote_write requests")
struct RemoteWriteReaderTests {
    private static func read(
        _ message: WireMessage
    ) throws -> (series: CollectedSeries, summary: RemoteWriteSummary) {
        var reader = RemoteWriteReader()
        var sink = CollectedSeries()
        let summary = try reader.read(message.bytes, into: &sink)
        return (sink, summary)
    }

    @Test("Series come out with their labels and samples")
    func plain() throws {
        let (series, summary) = try Self.read(
            .request([
                .series([("__name__", "up"), ("job", "hub")], [(1_000, 1), (2_000, 0)]),
                .series([("__name__", "load"), ("job", "hübe")], [(-5, -0.5)]),
            ])
        )
        #expect(
            series.entries == [
                .init(
                    labels: Labels([("__name__", "up"), ("job", "hub")]),
                    samples: [Sample(at: 1_000, value: 1), Sample(at: 2_000, value: 0)]
                ),
                .init(
                    labels: Labels([("__name__", "load"), ("job", "hübe")]),
                    samples: [Sample(at: -5, value: -0.5)]
                ),
            ]
        )
        #expect(summary.samples == 3)
        #expect(summary.refusedSamples == 0)
    }

    @Test("A stale marker keeps its bits")
    func stale() throws {
        let samples: [(Int64, Double)] = [(1, Sample.staleMarker), (2, .nan)]
        let (series, _) = try Self.read(.request([.series([("__name__", "up")], samples)]))
        #expect(series.entries[0].samples.map(\.isStale) == [true, false])
    }

    @Test("Labels out of order are sorted, and empty ones left out")
    func order() throws {
        let (series, _) = try Self.read(
            .request([
                .series(
                    [("z", "1"), ("__name__", "up"), ("a", ""), ("b", "2"), ("__x", "3")],
                    [(1, 1)]
                ),
                .series(
                    [("__name__", "up"), ("ab", "1"), ("abcdefghi", "2"), ("abcdefgh", "3")],
                    [(1, 1)]
                ),
            ])
        )
        #expect(
            series.entries.map(\.labels) == [
                Labels([("__name__", "up"), ("__x", "3"), ("b", "2"), ("z", "1")]),
                Labels([("__name__", "up"), ("ab", "1"), ("abcdefgh", "3"), ("abcdefghi", "2")]),
            ]
        )
    }

    @Test("Fields may come in any order, and unknown ones are stepped over")
    func anyOrder() throws {
        var label = WireMessage()
        label.add(2, text: "up")
        label.add(9, varint: 7)
        label.add(1, text: "__name__")
        var sample = WireMessage()
        sample.add(2, varint: 5)
        sample.add(7, fixed64: 1)
        sample.add(1, fixed64: (2.5).bitPattern)
        var series = WireMessage()
        series.add(2, sample)
        series.add(8, text: "?")
        series.add(1, label)
        series.add(2, WireMessage.sample(at: 6, 3))
        var request = WireMessage()
        request.add(2, text: "reserved")
        request.add(1, series)
        let (read, summary) = try Self.read(request)
        #expect(read.lines == ["up 2.5 5", "up 3.0 6"])
        #expect(summary.samples == 2)
    }

    @Test(
        "Series with bad labels are left out and counted, the others are kept",
        arguments: [
            ([("job", "hub")], .missingName),
            ([("__name__", "")], .missingName),
            ([("__name__", "up"), ("", "x")], .emptyLabelName),
            ([("__name__", "up"), ("a", "1"), ("a", "2")], .duplicateLabel),
            ([("a", "1"), ("__name__", "up"), ("a", "2")], .duplicateLabel),
            ([("__name__", "up"), ("n" + String(repeating: "x", count: 300), "1")], .labelTooLong),
            ([("__name__", "up"), ("a", String(repeating: "x", count: 5000))], .labelTooLong),
            ([("__name__", "up")] + (0..<64).map { ("l\($0)", "1") }, .tooManyLabels),
        ] as [([(String, String)], LabelFault)]
    )
    func faults(_ labels: [(String, String)], _ fault: LabelFault) throws {
        let (series, summary) = try Self.read(
            .request([
                .series([("__name__", "one")], [(1, 1)]),
                .series(labels, [(1, 1), (2, 2)]),
                .series([("__name__", "two")], [(1, 1)]),
            ])
        )
        #expect(series.entries.map(\.labels.name) == ["one", "two"])
        #expect(summary.refused == [fault: 2])
        #expect(summary.samples == 2)
    }

    @Test(
        "Text that is not UTF-8 is refused, wherever it stands",
        arguments: [
            ("__name__", [0xFF]), ("a", [0x61, 0xC3]), ("é", [0xED, 0xA0, 0x80]),
        ] as [(String, [UInt8])]
    )
    func text(_ name: String, _ value: [UInt8]) throws {
        var label = WireMessage()
        label.add(1, text: name)
        label.add(2, bytes: value)
        var series = WireMessage()
        if name != "__name__" { series.add(1, WireMessage.label("__name__", "up")) }
        series.add(1, label)
        series.add(2, WireMessage.sample(at: 1, 1))
        let (_, summary) = try Self.read(.request([series]))
        #expect(summary.refused == [.invalidText: 1])
    }

    @Test("Metadata is kept aside; histograms and exemplars are counted")
    func others() throws {
        var metadata = WireMessage()
        metadata.add(1, varint: 1)
        metadata.add(2, text: "hub_messages")
        metadata.add(4, text: "Messages.")
        metadata.add(5, text: "messages")
        var unknown = WireMessage()
        unknown.add(1, varint: 99)
        unknown.add(2, text: "odd")
        var series = WireMessage.series([("__name__", "up")], [(1, 1)])
        series.add(3, WireMessage.sample(at: 1, 1))
        series.add(4, WireMessage())
        series.add(4, WireMessage())
        var request = WireMessage.request([series])
        request.add(3, metadata)
        request.add(3, unknown)
        request.add(3, WireMessage())
        let (_, summary) = try Self.read(request)
        #expect(
            summary.metadata == [
                MetricMetadata(
                    family: "hub_messages",
                    kind: .counter,
                    help: "Messages.",
                    unit: "messages"
                ),
                MetricMetadata(family: "odd"),
            ]
        )
        #expect(summary.exemplars == 1)
        #expect(summary.histograms == 2)
    }

    @Test(
        "What is no message is refused, each for its reason",
        arguments: [
            ([0x0A], .truncated),
            ([0x0A, 5, 0x0A], .truncated),
            ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], .truncated),
            ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], .malformedVarint),
            ([0x00], .malformedTag),
            ([0x3B], .malformedTag),
            ([0x3D, 1, 2, 3], .truncated),
            ([0x39, 1, 2, 3], .truncated),
            ([0x08, 1], .wrongWireType(field: 1)),
            ([0x0A, 2, 0x08, 1], .wrongWireType(field: 1)),
            ([0x0A, 4, 0x12, 2, 0x08, 1], .wrongWireType(field: 1)),
            ([0x0A, 4, 0x12, 2, 0x12, 0], .wrongWireType(field: 2)),
            ([0x1A, 2, 0x0A, 0], .wrongWireType(field: 1)),
        ] as [([UInt8], ProtobufError)]
    )
    func malformed(_ bytes: [UInt8], _ error: ProtobufError) {
        var reader = RemoteWriteReader()
        var sink = CollectedSeries()
        #expect(throws: error) { try reader.read(bytes, into: &sink) }
    }

    @Test("Whatever the lengths of names and values, what was written is read")
    func roundTrip() throws {
        var dice = FormatDice(4)
        for _ in 0..<300 {
            let written = Self.randomSeries(&dice)
            let message = WireMessage.request(
                written.map { series in
                    .series(
                        series.labels.all.shuffled(using: &dice).map { ($0.name, $0.value) },
                        series.samples.map { ($0.at, $0.value) }
                    )
                }
            )
            let (series, _) = try Self.read(message)
            #expect(series.entries == written)
        }
    }

    private static func randomSeries(_ dice: inout FormatDice) -> [CollectedSeries.Entry] {
        (0..<dice.below(5)).map { _ in
            var labels = [("__name__", "m\(dice.below(100))")]
            for _ in 0..<dice.below(12) {
                let name = String(repeating: dice.pick(["a", "b", "é"]), count: 1 + dice.below(20))
                let length = dice.pick([1, 15, 16, 17, 63, 64, 127, 128, 200])
                labels.append((name, String(repeating: dice.pick(["x", "ü", "0"]), count: length)))
            }
            let samples = (0...dice.below(3)).map { _ in
                Sample(
                    at: Int64(bitPattern: dice.next()),
                    value: Double(bitPattern: dice.next())
                )
            }
            return .init(labels: Labels(labels), samples: samples)
        }
    }

    @Test("Requests that were tampered with are refused or read, and what is read is canonical")
    func mutations() {
        var dice = FormatDice(5)
        var taken = 0
        for _ in 0..<5_000 {
            let series = Self.randomSeries(&dice).map { series in
                WireMessage.series(
                    series.labels.all.map { ($0.name, $0.value) },
                    series.samples.map { ($0.at, $0.value) }
                )
            }
            let bytes = dice.mutated(WireMessage.request(series).bytes)
            var reader = RemoteWriteReader()
            var sink = CollectedSeries()
            guard (try? reader.read(bytes, into: &sink)) != nil else { continue }
            taken += 1
            for entry in sink.entries {
                let again = Labels(entry.labels.all.map { ($0.name, $0.value) })
                #expect(again == entry.labels)
            }
        }
        #expect(taken > 100)
    }

    @Test("A request is sorted into one batch for each shard, and nothing is lost")
    func shards() throws {
        let names = (0..<200).map { "metric_\($0)" }
        let request = WireMessage.request(
            names.map { .series([("__name__", $0)], [(7, 1), (8, 2)]) }
        )
        var reader = RemoteWriteReader()
        var batches = ShardBatches(reserving: 1000)
        _ = try reader.read(request.bytes, into: &batches)
        var found: Set<String> = []
        for (shard, writer) in batches.writers.enumerated() {
            var batch = SampleBatchReader(writer.bytes)
            #expect(!writer.isEmpty)
            while let series = batch.next() {
                let labels = Labels(canonical: Array(batch.bytes[series.labels]))
                #expect(SeriesHash.shard(of: labels) == shard)
                #expect(batch.sample(1, of: series) == Sample(at: 8, value: 2))
                found.insert(labels.name ?? "")
            }
        }
        #expect(found == Set(names))
        #expect(batches.samples == 400)
    }
}
