/// What to look for, and for whom.
package struct SearchQuery: Sendable, Hashable {
    /// Words as a person types them; never FTS5 syntax.
    package var words: String
    /// Bounds the search to what this user may read.
    package var user: String
    /// One room, already admitted; nil for all that the user may read.
    package var topic: TopicID?
    package var author: String?
    package var before: RecordID?
    package var limit: Int

    package init(
        words: String,
        user: String,
        topic: TopicID?,
        author: String?,
        before: RecordID?,
        limit: Int
    ) {
        self.words = words
        self.user = user
        self.topic = topic
        self.author = author
        self.before = before
        self.limit = limit
    }
}
