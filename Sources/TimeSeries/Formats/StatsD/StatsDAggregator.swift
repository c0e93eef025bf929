/// Gathers StatsD's events and makes samples of them at each flush.
///
/// Counters and the counts and sums of timers only rise, as Prometheus' do, so that `rate()` works
/// on them. Gauges keep their value. Sets and quantiles are of the time since the last flush.
package struct StatsDAggregator: Sendable {
    private enum Value: Sendable {
        case counter(Double)
        case gauge(Double)
        case timer(StatsDTimer)
        case set(Set<String>)
    }

    private struct Series: Sendable {
        let name: String
        let tags: [(name: String, value: String)]
        var value: Value
        var idleFlushes = 0
    }

    private struct Key: Hashable, Sendable {
        enum Family: Sendable { case counter, gauge, timer, set }
        let labels: Labels
        let family: Family
    }

    package static let quantiles = [0.5, 0.9, 0.99]
    private static let quantileTexts = ["0.5", "0.9", "0.99"]

    private let limits: StatsDLimits
    private var series: [Key: Series] = [:]
    private var builder = LabelsBuilder()
    /// Events that were dropped because there are too many series, or their labels are bad.
    package private(set) var dropped = 0

    package init(limits: StatsDLimits = StatsDLimits()) {
        self.limits = limits
    }

    package var seriesCount: Int { series.count }

    package mutating func add(_ metric: StatsDMetric) {
        guard let labels = labels(metric.name, metric.tags) else { return dropped += 1 }
        let key = Key(labels: labels, family: family(of: metric.kind))
        guard series[key] != nil || series.count < limits.seriesMaximum else {
            return dropped += 1
        }
        let first = Series(name: metric.name, tags: metric.tags, value: start(of: metric.kind))
        let limits = limits
        Self.add(metric, to: &series[key, default: first], limits)
    }

    private func family(of kind: StatsDMetric.Kind) -> Key.Family {
        switch kind {
        case .counter: .counter
        case .gauge, .gaugeChange: .gauge
        case .timer: .timer
        case .set: .set
        }
    }

    private func start(of kind: StatsDMetric.Kind) -> Value {
        switch kind {
        case .counter: .counter(0)
        case .gauge, .gaugeChange: .gauge(0)
        case .timer: .timer(StatsDTimer())
        case .set: .set([])
        }
    }

    private static func add(
        _ metric: StatsDMetric,
        to series: inout Series,
        _ limits: StatsDLimits
    ) {
        series.idleFlushes = 0
        switch series.value {
        case .counter(let sum): series.value = .counter(sum + metric.value / metric.rate)
        case .gauge(let value):
            let isChange = metric.kind == .gaugeChange
            series.value = .gauge(isChange ? value + metric.value : metric.value)
        case .timer(var timer):
            // The copy inside would be copied with its values.
            series.value = .gauge(0)
            let maximum = limits.timerValuesMaximum
            timer.add(metric.value, rate: metric.rate, maximum: maximum)
            series.value = .timer(timer)
        case .set(var members):
            series.value = .gauge(0)
            if members.count < limits.setMembersMaximum { members.insert(metric.member) }
            series.value = .set(members)
        }
    }

    // MARK: - Flush

    /// The samples of this moment; those of series that have been silent for too long end.
    package mutating func flush<Sink: SampleSink & ~Copyable>(at time: Int64, into sink: inout Sink)
    {
        for key in Array(series.keys) {
            guard var one = series[key] else { continue }
            let isOver = one.idleFlushes >= limits.idleFlushesMaximum
            series[key] = nil
            write(&one, isOver: isOver, at: time, into: &sink)
            one.idleFlushes += 1
            if !isOver { series[key] = one }
        }
    }

    private mutating func write<Sink: SampleSink & ~Copyable>(
        _ series: inout Series,
        isOver: Bool,
        at time: Int64,
        into sink: inout Sink
    ) {
        func sample(_ value: Double) -> Sample {
            Sample(at: time, value: isOver ? Sample.staleMarker : value)
        }
        switch series.value {
        case .counter(let value), .gauge(let value):
            write(series.name, series.tags, sample(value), into: &sink)
        case .set(let members):
            write(series.name, series.tags, sample(Double(members.count)), into: &sink)
            series.value = .set([])
        case .timer(var timer):
            write(series.name + "_count", series.tags, sample(timer.count), into: &sink)
            write(series.name + "_sum", series.tags, sample(timer.sum), into: &sink)
            let values = timer.takeQuantiles(Self.quantiles)
            for (index, text) in Self.quantileTexts.enumerated() {
                // Nothing came, so there is nothing to say: not that it is as it was.
                let value = index < values.count ? values[index] : Sample.staleMarker
                let tags = series.tags + [("quantile", text)]
                write(series.name, tags, sample(value), into: &sink)
            }
            series.value = .timer(timer)
        }
    }

    private mutating func write<Sink: SampleSink & ~Copyable>(
        _ name: String,
        _ tags: [(name: String, value: String)],
        _ sample: Sample,
        into sink: inout Sink
    ) {
        guard let labels = labels(name, tags) else { return }
        sink.begin(series: labels.bytes.span.bytes)
        sink.append(sample)
    }

    private mutating func labels(
        _ name: String,
        _ tags: [(name: String, value: String)]
    ) -> Labels? {
        builder.removeAll()
        builder.append(name: Labels.nameLabel, value: name)
        for tag in tags { builder.append(name: tag.name, value: tag.value) }
        do throws(LabelFault) {
            try builder.finish()
        } catch {
            return nil
        }
        return builder.canonical
    }
}
