/// Why the journal could not do as asked. In every case nothing was stored.
package enum JournalError: Error, Sendable, Hashable {
    /// `expecting` was given and the topic's head is elsewhere.
    case conflict(head: Offset)
    /// `expecting` was given, and these were stored under keys of the drafts before.
    case repeated([Record])
    /// No room left on the disk.
    case full
    /// The disk or file can't be written, or the writer's queue is at its bound.
    case unavailable(String)
    /// The file is damaged.
    case corrupt(String)
}
