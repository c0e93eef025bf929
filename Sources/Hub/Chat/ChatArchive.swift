/// The port for questions about committed chat: what SQL answers better than an actor.
///
/// Every answer is made of committed records only. Who may ask is settled before: each call names
/// the topics, or the user whose memberships bound it.
package protocol ChatArchive: Sendable {
    /// The messages of a room by id, in any order; unknown ids are left out. For the turn's fetch.
    func messages(
        _ ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [MessageFact]

    /// A page of history, oldest first.
    func history(
        of topic: TopicID,
        _ query: HistoryQuery
    ) async throws(JournalError) -> HistoryPage

    /// Messages by id as history shows them, in the order asked for.
    func pages(of ids: [RecordID], in topic: TopicID) async throws(JournalError) -> [StoredMessage]

    /// Full-text search in one room, or in all rooms that the user is a member of and all public ones.
    func search(_ query: SearchQuery) async throws(JournalError) -> SearchPage

    /// The rooms of a user (with unread and mention counts), or the public ones.
    func rooms(_ query: RoomQuery) async throws(JournalError) -> RoomPage

    /// The threads that a user follows, latest reply first, at most `limit`.
    func threads(followedBy user: String, limit: Int) async throws(JournalError) -> [FollowedThread]

    /// Messages that mention a user, newest first, in rooms that the user may still read.
    func mentions(
        of user: String,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> SearchPage
}
