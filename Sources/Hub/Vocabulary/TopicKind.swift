/// What a topic is: decides which actor runs it.
package enum TopicKind: String, Sendable, CaseIterable {
    /// A chat room.
    case room
    /// A user's private memory: read markers and followed threads. Only that user may join it.
    case user
    /// A collaborative document.
    case doc
    /// Streams of metrics: one, or all that a selector selects.
    case stream
}
