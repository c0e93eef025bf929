/// Edits by the server itself.
extension YDocument {
    /// Makes edits as this client, which nobody else may be. Gives the update of the transaction in
    /// the first format, or nil if nothing changed. An edit that fails changes nothing.
    package func edit<Failure: Error>(
        client: UInt64,
        _ body: (inout YEdit) throws(Failure) -> Void
    ) throws(Failure) -> [UInt8]? {
        // A copy shares its memory until something is written: this is what a failure goes back to.
        let saved = store
        let clock = store.state(client)
        store.transaction.reset()
        var edit = YEdit(author: YAuthor(document: self, client: client))
        do {
            try body(&edit)
        } catch {
            store = saved
            throw error
        }
        guard !store.transaction.isEmpty else {
            // Nothing was changed, but runs may have been cut.
            store = saved
            return nil
        }
        store.finishTransaction()
        return store.encodeTransaction(of: client, from: clock)
    }
}
