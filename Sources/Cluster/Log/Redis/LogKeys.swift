import Hub

/// Where a partition is in Redis. All keys have one hash tag, and with it one place.
struct LogKeys: Sendable {
    /// A hash: `epoch sequence entry first state`, and while it is restored `since leader until
    /// fence pieces`.
    let meta: [UInt8]
    /// A stream: an entry's id there is its sequence.
    let log: [UInt8]
    /// A hash of the topics' last offsets.
    let heads: [UInt8]
    /// A hash of the idempotency keys in the log's entries, with their sequences.
    let keys: [UInt8]
    /// A hash of the topics at which nodes stand in line, with those lines.
    let lines: [UInt8]
    /// A hash of the claims while the log is lost.
    let claims: [UInt8]
    /// The channel of its entries.
    let news: [UInt8]

    init(_ partition: Partition, prefix: String) {
        func name(_ end: String) -> [UInt8] { Array("\(prefix):{\(partition)}:\(end)".utf8) }
        meta = name("meta")
        log = name("log")
        heads = name("heads")
        keys = name("keys")
        lines = name("lines")
        claims = name("claims")
        news = name("news")
    }
}
