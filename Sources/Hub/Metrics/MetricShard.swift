import TimeSeries

/// What a shard's topic remembers, `stream:~0` to `stream:~7`: the streams whose labels hash to it,
/// their newest samples, and what is sealed and not yet in the archive.
///
/// The store is an object: it is not copied for a turn. Taking samples in twice changes nothing,
/// and after a failed append it is loaded anew.
package struct MetricShard: Ledger {
    final class Body {
        var store: ShardStore

        init(_ store: ShardStore) {
            self.store = store
        }
    }

    let body: Body
    /// Bytes of records since the last snapshot, and how large that was.
    private var bytesSinceSnapshot = 0
    private var snapshotBytes = 0
    private var lastSnapshot: Timestamp?

    package init(topic: TopicID) {
        body = Body(ShardStore())
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        guard let store = ShardStore(snapshot) else { return nil }
        body = Body(store)
    }

    package func snapshot() -> [UInt8] { body.store.snapshot() }

    /// Samples come in and go out as values, by `MetricShards`; clients speak of streams, not of
    /// shards.
    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> MetricShardCommand {
        throw Rejection(.unknownAction, "A shard of streams has no such action.")
    }

    package func needs(_ command: MetricShardCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() {}

    package func decide(
        _ command: MetricShardCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<MetricShardEvent> {
        switch command {
        case .push(let batch, let report):
            let decision = body.store.decide(batch, at: request.at.milliseconds)
            report.note(decision)
            guard decision.accepted > 0 else { return Decision() }
            return Decision(events: [(request.nextID(), .samples(decision.payload))])
        case .sweep:
            let payload = body.store.decideToSweep(at: request.at.milliseconds)
            return Decision(events: [(request.nextID(), .samples(payload))])
        case .read(let inquiry):
            inquiry(body.store)
            return Decision()
        case .noteStored(let sequence):
            // Nothing that is decided: what is in the archive need not be kept here besides.
            body.store.noteStored(below: sequence)
            return Decision()
        }
    }

    package mutating func apply(
        _ event: MetricShardEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        switch event {
        case .samples(let payload):
            body.store.apply(payload)
            bytesSinceSnapshot += payload.count + Self.recordOverhead
        }
        if lastSnapshot == nil { lastSnapshot = at }
    }

    package static let causes: [String: Set<String>] = [:]

    package static func reply(repeating record: Record) -> JSON { .object([]) }

    // MARK: Keeping it small

    package static var forgetsRecords: Bool { true }

    package static var isState: Bool { true }

    /// What a row takes besides its payload.
    private static let recordOverhead = 64
    private static let bytesMinimum = 8 << 20
    private static let age: Int64 = 30 * 60_000

    /// By size, so that writing snapshots costs less than writing samples does; and by age, so that
    /// loading is quick.
    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? {
        if bytesSinceSnapshot >= max(Self.bytesMinimum, 4 * snapshotBytes) { return true }
        guard let lastSnapshot, records > 0 else { return false }
        return at.milliseconds - lastSnapshot.milliseconds >= Self.age
    }

    package mutating func noteSnapshot(bytes: Int, at: Timestamp) {
        bytesSinceSnapshot = 0
        snapshotBytes = bytes
        lastSnapshot = at
    }
}
