/// The port for what is kept beside documents' logs: their list, and their versions.
///
/// Who may ask is settled before.
package protocol DocumentArchive: Sendable {
    /// Documents that are not deleted, by name, from after that one on.
    func documents(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [DocumentSummary]

    /// Stores a version; durable when it returns. Of the automatic ones the newest `count` stay.
    func save(
        _ version: DocumentVersion,
        of topic: TopicID,
        keeping count: Int
    ) async throws(JournalError)

    /// Versions without their states, newest first.
    func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion]

    func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion?

    /// Removes a version; says whether there was one. A deletion takes all of them along by itself.
    func removeVersion(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> Bool
}
