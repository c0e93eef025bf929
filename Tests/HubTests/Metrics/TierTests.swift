import Hub
import Testing
import TimeSeries

/// If these fail, charts that reach far back are empty, or show other extremes than there were.
@Suite("Tiers of streams")
struct TierTests {
    private static let minute: Int64 = 60_000

    /// Samples as they came are kept for an hour; four hours of one each five seconds have come.
    private func bench() async throws -> StreamBench {
        var retention = MetricRetention()
        retention.raw = 60 * Self.minute
        retention.tenSeconds = 60 * Self.minute
        let bench = StreamBench(retention: retention)
        let labels = Labels([(Labels.nameLabel, "cpu")])
        for step in 0..<(4 * 720) {
            var batches = ShardBatches()
            batches.begin(series: labels.bytes.span.bytes)
            batches.append(Sample(at: bench.clock.time.milliseconds, value: Self.value(step)))
            _ = try await bench.router.shards.push(batches.finish(), by: .hub)
            bench.clock.advance(by: 5000)
        }
        await bench.keep()
        return bench
    }

    /// Once in five minutes it is high for five seconds.
    private static func value(_ step: Int) -> Double { step % 60 == 30 ? 900 : Double(step % 60) }

    private func values(
        _ query: String,
        _ bench: StreamBench,
        minutesAgo: Int64
    ) async throws -> [Double] {
        let at = bench.clock.time.milliseconds - minutesAgo * Self.minute
        let range = try QueryRange(at: at)
        let query = try PromQuery.parse(query)
        var data: [[SeriesColumns]] = []
        for selection in query.selections(over: range) {
            data.append(try await bench.router.metrics.series(selection))
        }
        guard case .vector(let found) = try query.evaluate(data, over: range) else { return [] }
        return found.map(\.sample.value)
    }

    @Test("Beyond the samples' time minutes answer, with the extremes and the mean that were")
    func minutes() async throws {
        let bench = try await bench()
        // In the archive there are no samples of that time any more.
        let old = try await bench.archive.blocks(
            of: SeriesHash.shard(of: Labels([(Labels.nameLabel, "cpu")]).bytes.span.bytes),
            series: [1],
            tier: .raw,
            from: .min,
            to: StreamBench.start + 90 * Self.minute
        )
        #expect(old.isEmpty)
        for minutesAgo in [150, 200] as [Int64] {
            let most = try await values("max_over_time(cpu[10m])", bench, minutesAgo: minutesAgo)
            #expect(most == [900])
            let least = try await values("min_over_time(cpu[10m])", bench, minutesAgo: minutesAgo)
            #expect(least == [0])
            let mean = try await values("avg_over_time(cpu[10m])", bench, minutesAgo: minutesAgo)
            // Of five minutes: 0 to 59, 900 in the place of 30. A minute more may be at the edge.
            let exact = (59.0 * 60 / 2 - 30 + 900) / 60
            #expect(abs((mean.first ?? 0) - exact) < exact / 8, "\(mean)")
        }
    }

    @Test("What is asked of the last hour is answered with the samples as they came")
    func fresh() async throws {
        let bench = try await bench()
        let count = try await values("count_over_time(cpu[10m])", bench, minutesAgo: 20)
        #expect(count == [121])
        let rows = try await values("count_over_time(cpu[10m])", bench, minutesAgo: 150)
        #expect((rows.first ?? 0) >= 10 && (rows.first ?? 99) <= 11, "\(rows)")
    }
}
