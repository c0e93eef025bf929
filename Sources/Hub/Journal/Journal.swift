/// The port through which topics remember: a numbered log per topic.
///
/// Engines: `InMemoryJournal` here, SQLite in `Storage`; one contract suite runs against all. They
/// run where they are called from: an append from a topic's loop takes no way around by the pool,
/// and a topic's appends come in the order in which it makes them.
package protocol Journal: Sendable {
    /// Numbers and stores the drafts, all or none; they are durable when it returns.
    ///
    /// A draft whose key was used before by the same author in this topic, also earlier in the same
    /// call, is not stored again: the first record stands in its place in the result, which is as
    /// long as `drafts`. New records have offsets above the head before the call.
    ///
    /// Where a position is expected, the drafts behind one that isn't stored would rest on what
    /// doesn't happen: then a key that was used before the call is an error, and none is stored.
    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record]

    /// The same for what was decided on a state of that epoch: in another one its offset may be
    /// another record's, and nothing is stored.
    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Position
    ) async throws(JournalError) -> [Record]

    /// Nothing comes of what a conflict has refused: others need not wait for it.
    nonisolated(nonsending) func forgo(_ topic: TopicID) async

    /// Returns when this node has all that any node had stored in the topic by the time of the
    /// call, and the topic has been told of it.
    nonisolated(nonsending) func catchUp(with topic: TopicID) async throws(JournalError)

    /// Records with offsets above `after`, in order, at most `limit`.
    nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record]

    /// The topic's last position; offset 0 when it has no records yet. The epoch is stable from the
    /// first time it is asked for.
    nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position

    /// Epochs that the topic had before, and up to which offset their positions are still good.
    nonisolated(nonsending) func formerEpochs(
        of topic: TopicID
    ) async throws(JournalError) -> [Epoch: Offset]

    /// The record that an author stored under a key, if any.
    nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record?

    /// The same for many keys at once: as many answers, in their order.
    nonisolated(nonsending) func records(
        withKeys keys: [RecordKey],
        in topic: TopicID
    ) async throws(JournalError) -> [Record?]

    /// The newest snapshot.
    nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot?

    /// Replaces the snapshot, unless the stored one is newer. Refused as long as a version of the
    /// document needs the records between the two to be made.
    nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError)

    /// Forgets the topic's records up to that offset: those that the stored snapshot covers, and no
    /// others. The head stays, and so do the offsets of what remains; who reads after an offset
    /// before the first that remains gets that one first. Keys stay used for ever: who asks for one
    /// or repeats it gets the forgotten record without its payload.
    nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError)
}

extension Journal {
    /// For a journal whose epochs don't change while it is open.
    package nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Position
    ) async throws(JournalError) -> [Record] {
        try await append(drafts, to: topic, expecting: expecting.offset)
    }

    package nonisolated(nonsending) func forgo(_ topic: TopicID) async {}

    /// Where there is no other node.
    package nonisolated(nonsending) func catchUp(
        with topic: TopicID
    ) async throws(JournalError) {}

    package nonisolated(nonsending) func formerEpochs(
        of topic: TopicID
    ) async throws(JournalError) -> [Epoch: Offset] {
        [:]
    }

    /// One after the other, where many cost as much as so many.
    package nonisolated(nonsending) func records(
        withKeys keys: [RecordKey],
        in topic: TopicID
    ) async throws(JournalError) -> [Record?] {
        var records: [Record?] = []
        for each in keys {
            records.append(try await record(withKey: each.key, by: each.author, in: topic))
        }
        return records
    }
}
