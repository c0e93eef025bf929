/// A message as a ledger needs to know it to decide on an edit, a reaction, a reply.
package struct MessageFact: Sendable, Hashable {
    package var message: Message
    package var isPinned: Bool
    /// Who follows the thread that this message is the root of; at most 1,000 are known here.
    package var followers: [String]

    package init(message: Message, isPinned: Bool, followers: [String]) {
        self.message = message
        self.isPinned = isPinned
        self.followers = followers
    }
}
