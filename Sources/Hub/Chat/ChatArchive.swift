/// The port for questions about committed chat: what SQL answers better than an actor.
///
/// Every answer is made of committed records only. Who may ask is settled before: each call names
/// the topics, or the user whose memberships bound it. A room is *readable* for a user who is a
/// member, and for everyone who isn't banned when it is public.
///
/// A deleted message stays in history as a tombstone: no content, mentions or reactions, and found
/// by no search. Messages are ordered by id.
package protocol ChatArchive: Sendable {
    /// The messages of a room by id, in any order; unknown ids are left out. For the turn's fetch.
    func messages(
        _ ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [MessageFact]

    /// A page of history, oldest first. The anchor need not be a message that exists.
    func history(
        of topic: TopicID,
        _ query: HistoryQuery
    ) async throws(JournalError) -> HistoryPage

    /// Messages by id as history shows them, in the order asked for; unknown ids are left out.
    func pages(of ids: [RecordID], in topic: TopicID) async throws(JournalError) -> [StoredMessage]

    /// Search by words in one room, or in all rooms that the user can read. Every word must be in
    /// the message, whatever its case. System messages are not searched.
    func search(_ query: SearchQuery) async throws(JournalError) -> SearchPage

    /// The rooms of a user (with unread and mention counts), or the public ones.
    func rooms(_ query: RoomQuery) async throws(JournalError) -> RoomPage

    /// How many messages of a room behind that one are unread for a user: neither the user's own
    /// nor the system's.
    ///
    /// - Parameter behind: how many messages there are behind it in all. More than
    ///   `ChatLimits.countedUnread` aren't looked at one by one: then that is the answer.
    func unread(
        by user: String,
        after message: RecordID,
        behind: Int64,
        in topic: TopicID
    ) async throws(JournalError) -> Int64

    /// The threads that a user follows in rooms that the user can read, at most `limit`: latest
    /// reply first, those without replies last, the newer thread first where that is equal.
    func threads(followedBy user: String, limit: Int) async throws(JournalError) -> [FollowedThread]

    /// Messages that mention a user, newest first, in rooms that the user can read.
    func mentions(
        of user: String,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> SearchPage
}
