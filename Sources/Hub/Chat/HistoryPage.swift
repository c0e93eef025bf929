/// A page of history, oldest first, and whether there is more on either side.
package struct HistoryPage: Sendable, Hashable {
    package var messages: [StoredMessage]
    package var moreBefore: Bool
    package var moreAfter: Bool

    package init(messages: [StoredMessage], moreBefore: Bool, moreAfter: Bool) {
        self.messages = messages
        self.moreBefore = moreBefore
        self.moreAfter = moreAfter
    }
}
