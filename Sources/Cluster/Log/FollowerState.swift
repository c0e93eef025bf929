/// What a node does about a partition.
package enum FollowerState: Sendable, Hashable {
    /// It has not been looked at yet.
    case starting
    /// What is appended is numbered and archived.
    case live
    /// The log can't be reached: what is archived is read, nothing is appended.
    case away(String)
    /// The log is lost, and is being restored from what the nodes have.
    case restoring
    /// The log no longer has what this copy lacks: it is asked from another node.
    case incomplete
    /// This copy's own disk can't be written.
    case failing(String)
}
