/// Moments of a document. Their content can be told only if the document keeps deleted content.
extension YDocument {
    package func snapshot() -> YSnapshot {
        YSnapshot(stateVector: YStateVector(), deleteSet: YDeleteSet())
    }

    /// The document as it was; nil if it did not keep what was deleted, or never was there.
    package func state(at snapshot: YSnapshot) -> YDocument? { nil }
}
