/// What a topic's nodes tell each other of it beside its records.
package enum PeerMessage: Sendable {
    /// Members are shown that.
    case shown(Ephemeral)
    /// The author's clients of a document say that of themselves.
    case awareness(AwarenessUpdate, author: String)
    /// Who is present on the node that tells.
    case presence(PresenceShare)
    /// The share of the node that tells is of that revision: who has another asks.
    case pulse(revision: UInt64)
    /// Whoever knows of states or members on its own node tells of all of them.
    case question
}
