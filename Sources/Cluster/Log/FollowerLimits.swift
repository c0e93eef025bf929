/// What a follower holds and waits for at the most.
package struct FollowerLimits: Sendable {
    /// Entries that are held while one before them is missing. Policy: past it they are dropped,
    /// and read from the log when it is their turn.
    package var pending = 4096
    /// Entries of one archiving, and of one reading; of a reading after one that has failed, half
    /// as many.
    package var batch = 512
    /// So many entries are put back into a lost log for nodes that lack them.
    package var tail: UInt64 = 10_000
    /// How long an append waits for its entry.
    package var patience: Duration = .seconds(10)
    /// The same when there was no answer to it.
    package var doubt: Duration = .seconds(3)
    /// How long it waits for each node that is ahead in line at a topic before it asks again: that
    /// one may have nothing to store after all.
    package var turn: Duration = .milliseconds(50)

    package init() {}
}
