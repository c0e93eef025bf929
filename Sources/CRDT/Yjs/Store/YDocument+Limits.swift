/// What a document tells of its size, and how it keeps it.
extension YDocument {
    /// Whether this document takes the update: its limits on what waits, and on its size.
    package func validate(_ update: YUpdate) throws(YDecodingError) {
        let limits = options.limits
        guard
            store.contentBound + update.bytes.count <= limits.documentBytesMaximum
                || store.contentSize + update.bytes.count <= limits.documentBytesMaximum
        else { throw .documentTooLarge }
        guard !store.pending.isEmpty || store.leavesPending(update) else { return }
        let pending = store.pending
        guard pending.structCount + update.blocks.count <= limits.pendingStructsMaximum,
            pending.structs.bytes.count + update.bytes.count <= limits.pendingBytesMaximum,
            pending.deletes.count + update.deletes.count <= limits.pendingRangesMaximum
        else { throw .tooMuchPending }
    }

    /// Whether applying the update would change nothing.
    package func covers(_ update: YUpdate) -> Bool {
        store.covers(update)
    }

    /// The bytes that wait for something missing.
    package var pendingSize: Int { store.pending.structs.bytes.count }

    package var statistics: YStatistics { store.statistics }
}
