/// Moments of a document. Their content can be told only if the document keeps deleted content.
extension YDocument {
    package func snapshot() -> YSnapshot {
        YSnapshot(stateVector: stateVector, deleteSet: YDeleteSet(store.deletedRanges()))
    }

    /// The document as it was; nil if it did not keep what was deleted, or never was there.
    package func state(at snapshot: YSnapshot) -> YDocument? {
        guard options.keepsDeletedContent, stateVector.covers(snapshot.stateVector),
            let update = try? YUpdate(v1: encodeStateV1(), limits: .storage)
        else { return nil }
        let document = YDocument(options: options)
        document.apply(update.part(at: snapshot))
        return document
    }
}

extension YUpdate {
    /// What was known at a moment, and deleted then.
    fileprivate func part(at snapshot: YSnapshot) -> YUpdate {
        var builder = YUpdateBuilder()
        for group in groups {
            let end = snapshot.stateVector[client: group.client]
            builder.begin(group.client)
            for index in group.blocks where UInt64(blocks[index].id.clock) < end {
                let block = blocks[index]
                let length = min(UInt64(block.length), end - UInt64(block.id.clock))
                builder.append(
                    block.keeping(UInt32(truncatingIfNeeded: length), bytes: bytes),
                    bytes: bytes
                )
            }
            builder.endClient()
        }
        builder.update.deletes = snapshot.deleteSet.ranges
        return builder.update
    }
}
