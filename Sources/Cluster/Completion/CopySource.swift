import Hub

/// Where a copy gets what it lacks: another node, which must not change its epoch meanwhile.
package protocol CopySource: Sendable {
    /// Nil when no other node has a whole copy.
    func outline(of partition: Partition) async -> PartitionOutline?

    /// From the node that gave the partition's outline.
    func part(of topic: TopicID, after: Offset) async -> TopicPart?
}
