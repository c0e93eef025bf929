/// A moment in the life of a document: what was known, and what of it was deleted.
package struct YSnapshot: Sendable, Hashable {
    package var stateVector: YStateVector
    package var deleteSet: YDeleteSet

    package init(stateVector: YStateVector, deleteSet: YDeleteSet) {
        self.stateVector = stateVector
        self.deleteSet = deleteSet
    }

    /// The delete set comes first, and then the state vector.
    package init(v1 bytes: [UInt8]) throws(YDecodingError) {
        var reader = ByteReader(bytes)
        var ranges: [YDeleteRange] = []
        try reader.readDeletes(into: &ranges, limits: .server)
        deleteSet = YDeleteSet(ranges)
        stateVector = try YStateVector(&reader)
        guard reader.isAtEnd else { throw .trailingBytes }
    }

    package func encodedV1() -> [UInt8] {
        var writer = RowWriter()
        writer.write(deleteSet.ranges)
        return writer.finish() + stateVector.encoded()
    }
}
