/// What happens in a user's own topic, `user:<id>`.
///
/// Mentions and memberships are not here: they follow from the rooms' own records.
package enum InboxEvent: Event, Hashable {
    /// All messages of a room up to this one are read; `number` is the message's count in its room,
    /// `unread` how many were after it at that time.
    case readMarked(topic: String, message: RecordID, number: Int64, unread: Int64)
    /// A page of the user's keeps that; null where it keeps it no longer.
    case preferenceSet(Preference)
}
