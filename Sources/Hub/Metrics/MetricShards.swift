import Synchronization
import TimeSeries

/// The shards of this node's streams: takes samples in, and lets queries look at the stores.
package final class MetricShards: Sendable {
    /// Finds or wakes the topic of a shard; the caller owes it one `submit`.
    typealias Finder = @Sendable (_ shard: Int) -> Topic<MetricShard>

    private let find: Finder
    private let inFlight: BytesInFlight
    let news: SampleNews
    let places: ShardPlaces

    init(
        inFlight: BytesInFlight,
        news: SampleNews,
        places: ShardPlaces,
        find: @escaping Finder
    ) {
        self.places = places
        self.inFlight = inFlight
        self.news = news
        self.find = find
    }

    /// How many a node has.
    package static let count = SeriesHash.shards

    /// Takes samples in; durable when it returns. Of a malformed batch what came before the fault
    /// counts.
    package func push(
        _ batches: [ShardBatch],
        by principal: Principal
    ) async throws(Rejection) -> PushReport.Outcome {
        let bytes = batches.reduce(0) { $0 + $1.bytes.count }
        guard inFlight.take(bytes) else { throw .busy }
        let first = places.ownShards.lowerBound
        defer {
            inFlight.give(back: bytes)
            // Also when it failed: some of the shards may have taken theirs.
            news.note(batches.map { first + $0.shard })
        }
        let report = PushReport()
        let commands = batches.map { batch in
            (first + batch.shard, MetricShardCommand.push(batch.bytes, report))
        }
        try await perform(commands, by: principal)
        return report.outcome
    }

    /// Calls on the shard's lane, between two of its turns.
    package func read<Value: Sendable>(
        _ shard: Int,
        _ body: @escaping @Sendable (borrowing ShardStore) -> Value
    ) async throws(Rejection) -> Value {
        let found = FoundValue<Value>()
        try await perform([(shard, .read { store in found.note(body(store)) })], by: .hub)
        return found.value
    }

    func noteStored(_ shard: Int, below sequence: UInt64) async throws(Rejection) {
        try await perform([(shard, .noteStored(below: sequence))], by: .hub)
    }

    func sweep(_ shard: Int) async throws(Rejection) {
        try await perform([(shard, .sweep)], by: .hub)
    }

    /// All at once; the first refusal is thrown when all have been answered.
    private func perform(
        _ commands: [(shard: Int, command: MetricShardCommand)],
        by principal: Principal
    ) async throws(Rejection) {
        guard !commands.isEmpty else { return }
        let outcome: Result<Void, Rejection> = await withCheckedContinuation { continuation in
            let outcomes = GatheredOutcomes(of: commands.count, continuation)
            for (shard, command) in commands {
                let topic = find(shard)
                let ask = Ask(action: "push", topic: topic.id, fields: .null, principal: principal)
                topic.submit(command, ask, .caller { outcomes.note($0) })
            }
        }
        try outcome.get()
    }
}

/// Outcomes of several commands, given on when the last has come.
private final class GatheredOutcomes: Sendable {
    typealias Continuation = CheckedContinuation<Result<Void, Rejection>, Never>

    private let state: Mutex<(missing: Int, failure: Rejection?)>
    private let continuation: Continuation

    init(of count: Int, _ continuation: Continuation) {
        state = Mutex((count, nil))
        self.continuation = continuation
    }

    func note(_ outcome: Result<JSON, Rejection>) {
        let (isLast, failure) = state.withLock { state in
            state.missing -= 1
            if case .failure(let rejection) = outcome, state.failure == nil {
                state.failure = rejection
            }
            return (state.missing == 0, state.failure)
        }
        guard isLast else { return }
        continuation.resume(returning: failure.map { .failure($0) } ?? .success(()))
    }
}

/// What a question found, on its way from the shard's lane to the asker.
private final class FoundValue<Value: Sendable>: Sendable {
    private let found = Mutex<Value?>(nil)

    func note(_ value: Value) {
        found.withLock { $0 = value }
    }

    var value: Value {
        guard let value = found.withLock(\.self) else {
            preconditionFailure("A question that was answered has found something.")
        }
        return value
    }
}
