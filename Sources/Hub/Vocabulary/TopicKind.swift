/// What a topic is: decides which actor runs it.
package enum TopicKind: String, Sendable, CaseIterable {
    /// A chat room.
    case room
    /// A user's private memory: read markers and followed threads. Only that user may join it.
    case user
    /// A collaborative document.
    case doc
    /// The stock of a product: how much there is, and who holds how much of it.
    case item
    /// What is sold under a sku.
    case product
}
