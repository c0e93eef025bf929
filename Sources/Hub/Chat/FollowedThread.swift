/// A thread in a user's list: a JSON object as the protocol's `threads` gives it.
package struct FollowedThread: Sendable, Hashable {
    package let topic: String
    package let json: [UInt8]

    package init(topic: String, json: [UInt8]) {
        self.topic = topic
        self.json = json
    }

    /// `lastReplyAt` is null while nobody has answered.
    package init(
        topic: TopicID,
        root: StoredMessage,
        replyCount: Int,
        lastReplyAt: Timestamp?
    ) {
        var object = JSONObjectWriter(reserving: 128 + root.json.count)
        object.write("topic", topic.text)
        object.write("root", .raw(root.json))
        object.write("replyCount", Int64(replyCount))
        object.write("lastReplyAt", lastReplyAt.map { .int($0.milliseconds) } ?? .null)
        self.init(topic: topic.text, json: object.finish())
    }
}
