/// What a topic may ask of the hub about other topics.
package protocol Neighbours: AnyObject, Sendable {
    /// Shows something to a user in their own topic, if anyone listens there.
    func notify(_ user: String, _ ephemeral: Ephemeral)

    /// Shows something to who has joined that topic.
    func show(_ ephemeral: () -> Ephemeral, in topic: TopicID)

    /// What is made of the records that a snapshot stands for is made before that is stored.
    func prepare(for snapshot: Snapshot, of topic: TopicID) async throws(JournalError)

    /// A snapshot is stored, and the records that it covers are forgotten where that is done.
    func snapshotSaved(_ snapshot: Snapshot, of topic: TopicID)
}
