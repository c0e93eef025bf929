import Hub

/// The port through which the nodes of a cluster agree: a numbered log per partition, at a place
/// that all of them reach and that may lose its tail or everything.
///
/// Engines: Redis in `RedisLog`, and a model of it in the tests' simulation.
package protocol SharedLog: Sendable {
    /// Stores the proposal as the log's next entry, or says why not, in one step.
    func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict

    /// The node has nothing to store at the topic after all: it no longer stands in line there.
    func leave(_ topic: TopicID, _ node: String) async throws(SharedLogError)

    /// Entries after that number, in order, at most `limit`.
    func read(
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(SharedLogError) -> [LoggedEntry]

    /// Nil where there is no log.
    func place(of partition: Partition) async throws(SharedLogError) -> LogPlace?

    /// Notes that a node has found the log lost, and how far the node's own copy goes. From then on
    /// nothing is appended until one of the claimants has restored it. A live log is lost when it
    /// is in the claimant's epoch and doesn't have the claimant's last entry in that place.
    func claim(_ claim: Claim, on partition: Partition) async throws(SharedLogError) -> Election

    /// Puts an epoch's beginning in place of whatever there is: the step of a restoration that all
    /// others wait for. Refused (false) when the token is not the newest any more.
    func restore(
        _ restoration: Restoration,
        of partition: Partition
    ) async throws(SharedLogError) -> Bool

    /// Tells of the partitions' entries from now on.
    func follow(_ partitions: [Partition], _ handler: @escaping @Sendable (LogNews) -> Void)
}
