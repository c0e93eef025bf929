/// How a document is kept.
package struct YDocumentOptions: Sendable, Hashable {
    /// Whether deleted content stays readable, so that the state at a snapshot can be told.
    package var keepsDeletedContent: Bool
    package var limits: YLimits

    package init(keepsDeletedContent: Bool = false, limits: YLimits = .server) {
        self.keepsDeletedContent = keepsDeletedContent
        self.limits = limits
    }
}
