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
    /// The stock of a product: how much there is, and who holds how much of it.
    case item
    /// What is sold under a sku.
    case product
    /// A user's shopping cart. Only that user may see it.
    case cart
    /// An order: for who placed it and who manages it.
    case order
    /// What happens to all of a user's orders, or to everyone's, as it happens; nothing is stored
    /// there.
    case orders
}
