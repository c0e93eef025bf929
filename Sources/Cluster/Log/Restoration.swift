import Hub

/// What a restored log begins with.
package struct Restoration: Sendable {
    /// That of the claim which was elected: the holder of an older one is too late.
    package let token: UInt64
    /// Where the log stands then, in its new epoch.
    package let bookmark: Bookmark
    /// The heads of all topics of the partition.
    package let heads: [TopicID: Offset]
    /// The entries up to the bookmark that the one who restores it still has, in order: for nodes
    /// that lack them.
    package let tail: [Entry]
    /// The id of the entry before those; 0 where the first of them is the first of all.
    package let before: UInt64

    package init(
        token: UInt64,
        bookmark: Bookmark,
        heads: [TopicID: Offset],
        tail: [Entry],
        before: UInt64
    ) {
        self.token = token
        self.bookmark = bookmark
        self.heads = heads
        self.tail = tail
        self.before = before
    }

    /// The tail in pieces of so many entries and about so many bytes at most; an entry that is
    /// larger is a piece of its own.
    func pieces(of count: Int, bytes bytesMaximum: Int) -> [ArraySlice<Entry>] {
        var pieces: [ArraySlice<Entry>] = []
        var (start, bytes) = (0, 0)
        for (index, entry) in tail.enumerated() {
            let size = Self.size(of: entry)
            if index > start, index - start >= count || bytes + size > bytesMaximum {
                pieces.append(tail[start..<index])
                (start, bytes) = (index, 0)
            }
            bytes += size
        }
        if start < tail.count { pieces.append(tail[start...]) }
        return pieces
    }

    /// About as many bytes as are sent for it: names of records are, beside the records.
    private static func size(of entry: Entry) -> Int {
        let topic = entry.topic.text.utf8.count
        return entry.records.reduce(0) { sum, record in
            let key = record.key?.utf8.count ?? 0
            let names = topic + record.author.utf8.count + record.type.utf8.count + key
            return sum + record.payload.count + 2 * names + 128
        }
    }
}
