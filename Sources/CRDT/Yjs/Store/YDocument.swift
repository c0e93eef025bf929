/// A Yjs document: takes updates in, tells its state, and is read and edited.
/// It belongs to one actor.
package final class YDocument {
    package let options: YDocumentOptions

    package init(options: YDocumentOptions = YDocumentOptions()) {
        self.options = options
    }

    /// Whether this document takes the update: its limits on what is pending and on its size.
    package func validate(_ update: YUpdate) throws(YDecodingError) {}

    @discardableResult
    package func apply(_ update: YUpdate) -> YChange { YChange() }

    package var stateVector: YStateVector { YStateVector() }

    /// Whether applying the update would change nothing.
    package func covers(_ update: YUpdate) -> Bool { true }

    package func encodeStateV1(
        since known: YStateVector? = nil, includingPending: Bool = false
    ) -> [UInt8] { [0, 0] }

    package func encodeStateV2(
        since known: YStateVector? = nil, includingPending: Bool = false
    ) -> [UInt8] { [] }

    /// The bytes that wait for something missing.
    package var pendingSize: Int { 0 }

    package var statistics: YStatistics { YStatistics() }
}
