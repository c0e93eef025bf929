/// How much there is.
extension YStore {
    /// The names of the roots that the last transaction changed, each once.
    func changedRootNames() -> [String] {
        let roots = transaction.roots
        guard let first = roots.first else { return [] }
        if roots.count == 1 { return [names[first]] }
        return Set(roots).sorted().map { names[$0] }
    }

    /// A number of bytes that the first format hardly exceeds.
    var encodedSizeEstimate: Int {
        clients.reduce(64) { $0 + $1.content.count - $1.garbage + $1.index.count * 24 }
    }

    var statistics: YStatistics {
        var statistics = YStatistics()
        statistics.structs = items.count - freeItems
        statistics.clients = clients.count
        for client in clients {
            client.index.visit { entry in
                if items[Int(entry.item)].isDeleted { statistics.deletedStructs += 1 }
            }
        }
        statistics.bytes = byteCount
        statistics.pendingStructs = pending.structCount
        statistics.pendingBytes = pending.structs.bytes.count
        statistics.pendingRanges = pending.deletes.count
        return statistics
    }

    /// An estimate of the memory that all of it takes.
    private var byteCount: Int {
        clients.reduce(
            items.capacity * MemoryLayout<YItem>.stride
                + types.capacity * MemoryLayout<YType>.stride
                + names.bytes.count * 4 + pending.structs.bytes.count
                + pending.structs.blocks.count * MemoryLayout<YBlock>.stride
        ) {
            $0 + $1.content.capacity + $1.index.byteCount + MemoryLayout<YClient>.stride
        }
    }

    /// The bytes of content of all clients.
    var contentSize: Int { clients.reduce(0) { $0 + $1.content.count } }
}
