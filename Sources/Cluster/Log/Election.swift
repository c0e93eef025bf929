import Hub

/// Who restores a lost log: the claimant whose copy goes the farthest, after a moment in which all
/// may claim. It has to be done within its term, or the next one is elected.
package enum Election: Sendable, Hashable {
    /// The log is whole, and in that place.
    case over(LogPlace)
    /// Someone else's turn, or not decided yet: ask again in a moment.
    case waiting
    /// One's own turn, with the claim's token. The epoch to begin is newer than all that any
    /// claimant knows.
    case elected(epoch: Epoch)
}
