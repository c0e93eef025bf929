import Hub

/// What becomes of a proposal.
package enum Verdict: Sendable, Hashable {
    /// It is the entry of that number, and its first record has that offset.
    case stored(sequence: UInt64, first: Offset)
    /// The topic's head is elsewhere, as whoever has archived that entry knows, or other nodes stand
    /// in line there: so many are `ahead` of this one, which now does too.
    case conflict(head: Offset, sequence: UInt64, ahead: Int)
    /// These drafts' keys were used; nothing is stored. Whoever has archived that entry knows them.
    case repeated([Int], sequence: UInt64)
    /// The log is in another epoch, is being restored, has lost what the node knows, or no longer
    /// has what the node lacks: the node must look how it stands first.
    case elsewhere
}
