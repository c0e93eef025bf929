/// Edits by the server itself.
extension YDocument {
    /// Makes edits as this client, which nobody else may be. Gives the v1 update of the
    /// transaction, or nil if nothing changed. What was done before a failure stays done.
    package func edit<Failure: Error>(
        client: UInt64, _ body: (inout YEdit) throws(Failure) -> Void
    ) throws(Failure) -> [UInt8]? { nil }
}
