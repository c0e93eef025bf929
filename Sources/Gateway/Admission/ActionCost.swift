/// What a command costs: tokens of the buckets.
package enum ActionCost {
    /// Cheap as they touch no storage.
    package static let light = 1
    /// What is stored and shown to others.
    package static let write = 2
    /// Reads of storage.
    package static let read = 3
    /// Full-text search.
    package static let search = 10

    package static func of(_ action: String) -> Int {
        switch action {
        case "hello", "refresh", "ping", "leave", "typing", "presence", "room",
            "awareness":
            light
        case "join", "history", "message", "pins", "members", "bans", "rooms", "thread",
            "threads", "mentions", "sync", "state", "content", "authors", "versions", "version",
            "diff", "documents", "inspect", "check", "preference", "cart", "order", "orders",
            "stock", "holds", "items", "moves", "product", "products":
            read
        // They write to several topics.
        case "search", "checkout", "pay", "cancel": search
        // It may read a day of a hundred series.
        case "query": read * 5
        default: write
        }
    }
}
