import Hub

/// What the log tells its followers. Only a hint: whoever misses something reads it.
package enum LogNews: Sendable {
    /// From now on entries are told: anything may have happened before.
    case attached(Partition)
    case entry(Partition, LoggedEntry)
    /// The log began a new epoch, or is to be restored.
    case turned(Partition)
}
