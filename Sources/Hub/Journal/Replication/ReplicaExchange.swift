/// The port through which a node's copy gives to another's what that lacks and no log has any more.
package protocol ReplicaExchange: Sendable {
    /// Nil when nothing is known of the partition. One moment's state.
    func outline(of partition: Partition) async throws(JournalError) -> PartitionOutline?

    /// Records after that offset, or what stands for them where they were forgotten.
    func part(of topic: TopicID, after: Offset) async throws(JournalError) -> TopicPart

    /// Before the first part is taken: until `complete` the copy follows from no log.
    func open(_ partition: Partition) async throws(JournalError)

    /// Takes a part in. Keeps as strays, and answers, the records that it takes the place of and
    /// doesn't have.
    func take(_ part: TopicPart) async throws(JournalError) -> [Record]

    /// The copy is now as that outline says.
    func complete(
        _ partition: Partition,
        as outline: PartitionOutline
    ) async throws(JournalError)
}
