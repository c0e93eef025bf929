/// Where an idempotency key is in its index. Several keys may have the same place: the record
/// itself tells.
struct KeyPlace: Hashable {
    let prefix: Int64
    let hash: Int64

    init(_ key: String, by author: String, in topic: Int64, seed: (UInt64, UInt64)) {
        prefix = KeyPrefix.of(key)
        var hash = SipHash(seed: seed)
        hash.combine(topic)
        hash.combine(author.utf8)
        hash.combine(CollectionOfOne(0))
        hash.combine(key.utf8)
        self.hash = Int64(bitPattern: hash.finish())
    }
}
