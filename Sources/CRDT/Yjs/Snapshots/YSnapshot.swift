/// A moment in the life of a document: what was known, and what of it was deleted.
package struct YSnapshot: Sendable, Hashable {
    package var stateVector: YStateVector
    package var deleteSet: YDeleteSet

    package init(stateVector: YStateVector, deleteSet: YDeleteSet) {
        self.stateVector = stateVector
        self.deleteSet = deleteSet
    }

    package init(v1 bytes: [UInt8]) throws(YDecodingError) {
        self.init(stateVector: YStateVector(), deleteSet: YDeleteSet())
    }

    package func encodedV1() -> [UInt8] { [] }
}
