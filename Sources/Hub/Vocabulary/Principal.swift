/// Who a command comes from, as the door established it.
package struct Principal: Sendable, Hashable {
    /// The user id: the token's `sub`, or a guest's name.
    package let user: String
    package let isGuest: Bool
    package let grants: Grants

    package static let userBytesMaximum = 128

    package init(user: String, isGuest: Bool, grants: Grants) {
        self.user = user
        self.isGuest = isGuest
        self.grants = grants
    }

    /// Whether the grants let them into a topic; it may have more to say.
    func mayJoin(_ topic: String) -> Bool { grants.allow("join", on: topic) }

    /// Whether they are staff of every order there is.
    package var managesEveryOrder: Bool { grants.manages("\(TopicKind.order.rawValue):*") }

    /// True for what can be a user id: printable ASCII within the bound, without a space at either
    /// end, that fits into the ids of the user's own topics.
    ///
    /// ASCII, because what looks alike in Unicode would be one user here and two there.
    package static func isUser(_ text: String) -> Bool {
        let bytes = text.utf8
        return (1...userBytesMaximum).contains(bytes.count)
            && bytes.allSatisfy { (0x20...0x7E).contains($0) }
            && bytes.first != 0x20 && bytes.last != 0x20 && (try? TopicID(ordersOf: text)) != nil
    }
}
