import Hub

/// What a node of a cluster tells of itself, to operators and to the other nodes.
package protocol ClusterDesk: Sendable {
    /// What other nodes' requests must carry; empty when there is none, and nobody is told
    /// anything.
    var secret: Secret { get }

    /// A few numbers: what the metrics show.
    var reading: ClusterReading { get }

    /// How the node, its partitions and its Redis stand.
    func status() -> JSON

    /// What this node's copy of a partition has, encoded; nil when it has not all of it.
    func outline(of partition: Partition) async throws(JournalError) -> [UInt8]?

    /// A piece of a topic, encoded.
    func part(of topic: TopicID, after: Offset) async throws(JournalError) -> [UInt8]

    /// The state of a document's version; nil when there is none.
    func version(_ id: RecordID, of topic: TopicID) async throws(JournalError) -> [UInt8]?
}
