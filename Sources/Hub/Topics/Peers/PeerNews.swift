/// What a topic hears of the other nodes.
package enum PeerNews: Sendable {
    case told(PeerMessage, by: PeerID)
    /// The node is gone, and whatever was only there with it.
    case went(PeerID)
    /// What was told in either direction may have been lost.
    case gap
}
