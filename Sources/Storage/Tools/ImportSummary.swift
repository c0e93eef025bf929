/// What an import did.
package struct ImportSummary: Sendable, Hashable {
    package var topics = 0
    /// Records that were stored.
    package var stored = 0
    /// Records that were there already, by id or by key.
    package var skipped = 0
}
