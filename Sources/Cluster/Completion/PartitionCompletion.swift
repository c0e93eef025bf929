import Hub

/// Fills this node's copy of a partition from another node's, when the log no longer has what lies
/// in between.
///
/// What both have stays. What only this one has was lost by the log: it is taken out, and answered,
/// so that it can be appended again.
package struct PartitionCompletion: Sendable {
    private let exchange: any ReplicaExchange
    private let source: any CopySource
    private let onCompleted: @Sendable (Partition) -> Void

    /// - Parameter onCompleted: What the copy needs besides may be got from then on.
    package init(
        _ exchange: any ReplicaExchange,
        from source: any CopySource,
        onCompleted: @escaping @Sendable (Partition) -> Void = { _ in }
    ) {
        self.exchange = exchange
        self.source = source
        self.onCompleted = onCompleted
    }

    package struct Outcome: Sendable {
        package let bookmark: Bookmark
        package let strays: [Entry]
    }

    /// Nil when there is nobody to ask, or who was asked could not go on: what was taken stays, and
    /// another attempt goes on from there.
    package func run(_ partition: Partition) async throws(JournalError) -> Outcome? {
        guard let theirs = await source.outline(of: partition) else { return nil }
        let mine = try await exchange.outline(of: partition)
        try await exchange.open(partition)
        let extents = Dictionary(
            (mine?.topics ?? []).map { ($0.topic, $0) }
        ) { first, _ in first }
        var strays: [Entry] = []
        for extent in theirs.topics {
            guard let records = try await fill(extent, over: extents[extent.topic]) else {
                return nil
            }
            strays += Self.entry(extent.topic, records)
        }
        let known = Set(theirs.topics.map(\.topic))
        for extent in extents.values where !known.contains(extent.topic) {
            let records = try await exchange.take(TopicPart(topic: extent.topic, kept: 0))
            strays += Self.entry(extent.topic, records)
        }
        // If it began another epoch meanwhile, what came later may not follow what came before.
        guard await source.outline(of: partition)?.bookmark.epoch == theirs.bookmark.epoch else {
            return nil
        }
        try await exchange.complete(partition, as: theirs)
        onCompleted(partition)
        return Outcome(bookmark: theirs.bookmark, strays: strays)
    }

    private static func entry(_ topic: TopicID, _ records: [Record]) -> [Entry] {
        records.isEmpty ? [] : [Entry(id: 0, sequence: 0, topic: topic, records: records)]
    }

    /// Nil when the source failed.
    private func fill(
        _ extent: TopicExtent,
        over mine: TopicExtent?
    ) async throws(JournalError) -> [Record]? {
        guard let common = try await common(extent, mine) else { return nil }
        var strays: [Record] = []
        var offset = common
        // Whether or not anything follows: what the copy has beyond must go.
        if (mine?.head ?? 0) > common {
            strays = try await exchange.take(TopicPart(topic: extent.topic, kept: common))
        }
        while offset < extent.head {
            guard var part = await source.part(of: extent.topic, after: offset) else { return nil }
            // What came after the outline is in the log.
            part.records.removeAll { $0.offset > extent.head }
            part.kept = offset
            strays += try await exchange.take(part)
            let end = part.records.last?.offset ?? part.snapshot?.offset ?? offset
            guard end > offset else { return nil }
            offset = end
        }
        return strays
    }

    /// Up to where both copies are the same; nil when the source failed. They are the same up to a
    /// record as soon as they have that one in common.
    private func common(
        _ extent: TopicExtent,
        _ mine: TopicExtent?
    ) async throws(JournalError) -> Offset? {
        guard let mine else { return 0 }
        var (low, high) = (Offset(0), min(mine.head, extent.head))
        // Mostly everything is.
        var probe = high
        while low < high {
            // What was forgotten on either side can't be compared: the snapshot is taken.
            guard probe > extent.trimmed, probe > mine.trimmed else { return low }
            guard let there = await source.part(of: extent.topic, after: probe - 1) else {
                return nil
            }
            let here = try await exchange.part(of: extent.topic, after: probe - 1)
            guard let one = there.records.first, let other = here.records.first else { return nil }
            if one.id == other.id, one.offset == other.offset {
                low = probe
            } else {
                high = probe - 1
            }
            probe = low + (high - low + 1) / 2
        }
        return low
    }
}
