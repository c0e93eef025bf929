import HTTPTypes
import Hub
import NIOCore
import TimeSeries

/// One request to Prometheus' API, its parameters read and its sender known.
struct PrometheusRequest {
    /// How long a query may compute.
    private static let evaluationMaximum = Duration.seconds(10)

    let source: any MetricSource
    let parameters: PrometheusParameters
    var sight: StreamSight
    /// In milliseconds.
    let now: Int64
    let version: String

    func answer(_ endpoint: PrometheusEndpoint) async throws(PrometheusError) -> Answer {
        var request = self
        switch endpoint {
        case .query: return try await request.query()
        case .queryRange: return try await request.queryRange()
        case .series: return try await request.series()
        case .labels: return try await request.labels()
        case .labelValues(let name): return try await request.values(of: name)
        case .metadata: return try await request.metadata()
        case .buildInformation: return success(buildInformation)
        case .cardinality: return success(try await cardinality())
        }
    }

    // MARK: Queries

    private mutating func query() async throws(PrometheusError) -> Answer {
        let text = try parameters.need("query")
        let time = try parameters.time("time") ?? now
        return try await evaluate(text) { () throws(PromQLError) in try QueryRange(at: time) }
    }

    private mutating func queryRange() async throws(PrometheusError) -> Answer {
        let text = try parameters.need("query")
        guard let start = try parameters.time("start"), let end = try parameters.time("end"),
            let step = try parameters.duration("step")
        else {
            for name in ["start", "end", "step"] { _ = try parameters.need(name) }
            throw .badData("start, end and step are needed")
        }
        return try await evaluate(text) { () throws(PromQLError) in
            try QueryRange(from: start, through: end, step: step)
        }
    }

    private mutating func evaluate(
        _ text: String,
        over makeRange: () throws(PromQLError) -> QueryRange
    ) async throws(PrometheusError) -> Answer {
        let lookback = try parameters.duration("lookback_delta")
        let (query, range) = try Self.understand { () throws(PromQLError) in
            var range = try makeRange()
            if let lookback { range.lookback = lookback }
            return (try PromQuery.parse(text), range)
        }
        let data = try await series(of: query.selections(over: range))
        let body = try await Self.envelope(of: query, data, over: range)
        return Answer(.ok, fields: StandardFields.json, body: ByteBuffer(bytes: body))
    }

    /// Off the loop: it has other connections to serve while much is computed.
    private static func envelope(
        of query: PromQuery,
        _ data: [[SeriesColumns]],
        over range: QueryRange
    ) async throws(PrometheusError) -> [UInt8] {
        let result = await withTaskExecutorPreference(globalConcurrentExecutor) {
            await compute(query, data, over: range)
        }
        switch result {
        case .success(let envelope): return envelope
        case .failure(let error): throw PrometheusError(error)
        }
    }

    @concurrent
    private static func compute(
        _ query: PromQuery,
        _ data: [[SeriesColumns]],
        over range: QueryRange
    ) async -> Result<[UInt8], PromQLError> {
        let deadline = ContinuousClock.now + evaluationMaximum
        do throws(PromQLError) {
            let value = try query.evaluate(data, over: range) { ContinuousClock.now > deadline }
            return .success(value.jsonEnvelope)
        } catch {
            return .failure(error)
        }
    }

    private static func understand<Value>(
        _ body: () throws(PromQLError) -> Value
    ) throws(PrometheusError) -> Value {
        do throws(PromQLError) {
            return try body()
        } catch {
            throw PrometheusError(error)
        }
    }

    /// All selections share one count of samples, and equal ones are read once.
    private mutating func series(
        of selections: [Selection]
    ) async throws(PrometheusError) -> [[SeriesColumns]] {
        var budget = SampleBudget()
        var known: [Selection: [SeriesColumns]] = [:]
        for selection in selections where known[selection] == nil {
            known[selection] = try await series(of: selection, within: &budget)
        }
        return selections.map { known[$0] ?? [] }
    }

    private mutating func series(
        of selection: Selection,
        within budget: inout SampleBudget
    ) async throws(PrometheusError) -> [SeriesColumns] {
        do throws(Rejection) {
            var seen: [SeriesColumns] = []
            for series in try await source.series(selection, within: &budget)
            where sight.sees(series.labels) {
                seen.append(series)
            }
            return seen
        } catch {
            throw PrometheusError(error)
        }
    }

    // MARK: Labels

    private mutating func series() async throws(PrometheusError) -> Answer {
        let selectors = try parameters.selectors()
        guard !selectors.isEmpty else { throw .badData("no match[] parameter provided") }
        let labels = try await labels(selectedBy: selectors)
        return success(.array(try limited(labels).map(Self.object)))
    }

    private mutating func labels() async throws(PrometheusError) -> Answer {
        var names: Set<String> = []
        for labels in try await labels(selectedBy: try parameters.selectors()) {
            for label in labels.all { names.insert(label.name) }
        }
        return success(.array(try limited(names.sorted()).map { .string($0) }))
    }

    private mutating func values(of name: String) async throws(PrometheusError) -> Answer {
        var values: Set<String> = []
        for labels in try await labels(selectedBy: try parameters.selectors()) {
            if let value = labels[name] { values.insert(value) }
        }
        return success(.array(try limited(values.sorted()).map { .string($0) }))
    }

    private mutating func labels(
        selectedBy selectors: [[LabelMatcher]]
    ) async throws(PrometheusError) -> [Labels] {
        let start = try parameters.time("start") ?? .min
        let end = try parameters.time("end") ?? .max
        do throws(Rejection) {
            let found = try await source.labels(selectedBy: selectors, from: start, through: end)
            var seen: [Labels] = []
            for labels in found where sight.sees(labels) { seen.append(labels) }
            return seen
        } catch {
            throw PrometheusError(error)
        }
    }

    private func limited<Element>(
        _ elements: [Element]
    ) throws(PrometheusError) -> ArraySlice<Element> {
        elements.prefix(try parameters.limit() ?? .max)
    }

    private static func object(_ labels: Labels) -> JSON {
        .object(labels.all.map { JSON.Member($0.name, .string($0.value)) })
    }

    // MARK: About the store

    private mutating func metadata() async throws(PrometheusError) -> Answer {
        let wanted = parameters["metric"]
        var members: [JSON.Member] = []
        for (name, description) in await source.metadata().sorted(by: { $0.key < $1.key })
        where wanted == nil || wanted == name {
            guard sight.sees(Labels([(Labels.nameLabel, name)])) else { continue }
            let entry: JSON = [
                "type": .string(description.type), "help": .string(description.help),
                "unit": .string(description.unit),
            ]
            members.append(JSON.Member(name, .array([entry])))
        }
        return success(.object(Array(try limited(members))))
    }

    /// Clients choose what to ask by the version: this is the one whose meaning queries have.
    private var buildInformation: JSON {
        [
            "version": "2.42.0", "revision": .string("martlet \(version)"), "branch": "",
            "buildUser": "", "buildDate": "", "goVersion": "",
        ]
    }

    private func cardinality() async throws(PrometheusError) -> JSON {
        guard sight.seesAll else {
            throw PrometheusError(Rejection(.forbidden, "This needs the grant join on stream:*."))
        }
        let figures = await source.cardinality()
        func list(_ figures: [Cardinality.Figure]) -> JSON {
            .array(figures.map { ["name": .string($0.name), "value": .int(Int64($0.count))] })
        }
        return [
            "headStats": [
                "numSeries": .int(Int64(figures.series)),
                "numLabelPairs": .int(Int64(figures.labelPairs)),
            ],
            "seriesCountByMetricName": list(figures.seriesByMetric),
            "labelValueCountByLabelName": list(figures.valuesByLabel),
            "seriesCountByLabelValuePair": list(figures.seriesByPair),
        ]
    }

    private func success(_ data: JSON) -> Answer {
        .json(["status": "success", "data": data])
    }
}
