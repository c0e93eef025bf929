/// How a kind of client writes: turns what a topic emits into finished server frames, once for all
/// members that speak it.
package protocol Dialect: Sendable {
    /// Small and distinct among the dialects of a hub; members with equal ids share frames.
    var id: Int { get }

    /// The records of one turn, in order, as one piece of output.
    func encode(_ records: [Record], of topic: TopicID, epoch: Epoch) -> any Sendable

    func encode(_ ephemeral: Ephemeral, of topic: TopicID) -> any Sendable
}
