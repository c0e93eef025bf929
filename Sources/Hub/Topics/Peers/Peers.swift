/// The other nodes of a cluster, as a topic speaks to them: what is not stored travels by it.
///
/// What is told may be lost on the way: whoever must know it in the end asks again.
package protocol Peers: Sendable {
    /// Those that would hear a question now. Empty while nobody can be reached.
    var reachable: Set<PeerID> { get }

    /// Tells all other nodes, before long and in the order of the calls for one topic. Callable
    /// from any thread; never blocks. Of what tells the same thing anew the newest is told.
    func tell(_ message: PeerMessage, of topic: TopicID)
}
