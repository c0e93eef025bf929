/// Hits, newest first. A snippet marks the words found with U+0002 and U+0003.
package struct SearchPage: Sendable, Hashable {
    package struct Hit: Sendable, Hashable {
        package let topic: String
        package let message: StoredMessage
        package let snippet: String

        package init(topic: String, message: StoredMessage, snippet: String) {
            self.topic = topic
            self.message = message
            self.snippet = snippet
        }
    }

    package var hits: [Hit]
    package var more: Bool

    package init(hits: [Hit], more: Bool) {
        self.hits = hits
        self.more = more
    }
}
