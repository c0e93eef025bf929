/// The port through which a node of a cluster keeps its own copy of all topics.
///
/// Engines: `InMemoryReplica` here, SQLite in `Storage`. What it holds is read through the journal
/// of the same engine.
package protocol Replica: Sendable {
    /// How far each partition is archived: `partial` where it has records of which no entry tells,
    /// and none for those of which nothing is known.
    func bookmarks() async throws(JournalError) -> [Partition: Bookmark]

    /// Stores entries that follow the partition's bookmark, and moves it behind them: all or none,
    /// durable when it returns. An entry that doesn't follow is `corrupt`.
    func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) async throws(JournalError)

    /// The entries after that number that it still has, in order, at most `limit`: those of the
    /// last while whose records were not forgotten.
    func entries(
        in partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(JournalError) -> [Entry]

    /// Takes back what it has archived behind that bookmark's entry, keeps it as strays, and begins
    /// there: the log went another way. False, and nothing is done, when it doesn't know all of
    /// those entries any more.
    func cut(_ partition: Partition, to bookmark: Bookmark) async throws(JournalError) -> Bool

    /// Keeps entries of a log that is lost, until their records are archived again.
    func keep(_ strays: [Entry], in partition: Partition) async throws(JournalError)

    /// What is kept of entries that are to be appended again, in order: the records that it has
    /// not archived meanwhile, and whose keys no others have.
    func strays(in partition: Partition) async throws(JournalError) -> [Entry]

    /// Which of the records it has, whatever their offsets.
    func known(_ ids: [RecordID]) async throws(JournalError) -> Set<RecordID>

    /// The heads of all topics of the partition that have records.
    func heads(in partition: Partition) async throws(JournalError) -> [TopicID: Offset]

    /// Sets the bookmark; with another epoch than before all topics of the partition get that one.
    /// Positions of the epoch before stay good as far as their topics have come by then.
    func begin(_ bookmark: Bookmark, in partition: Partition) async throws(JournalError)
}
