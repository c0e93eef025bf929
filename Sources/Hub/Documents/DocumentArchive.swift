/// The port for what follows from documents' logs: their list, and their versions.
///
/// Who may ask is settled before. A version is there as soon as its record is stored, and goes with
/// the record that removes it, with its document's deletion, or when as many automatic ones are
/// newer as are kept.
package protocol DocumentArchive: Sendable {
    /// Documents that are not deleted, by name, from after that one on.
    func documents(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [DocumentSummary]

    /// Versions without their states, newest first.
    func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion]

    /// With its state, where that was made.
    func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion?

    /// Those up to an offset whose states were not made, in the order of the log.
    func unfinishedVersions(
        of topic: TopicID,
        upTo offset: Offset
    ) async throws(JournalError) -> [DocumentVersion]

    /// Those of a partition whose states were not made, and that the log can't make any more:
    /// another node has them.
    func missingVersions(
        in partition: Partition
    ) async throws(JournalError) -> [(topic: TopicID, version: DocumentVersion)]

    /// Stores a version's state, if it has none yet, is still there, and its record is where it
    /// was in that epoch.
    func finish(
        _ version: DocumentVersion,
        of topic: TopicID,
        in epoch: Epoch
    ) async throws(JournalError)
}
