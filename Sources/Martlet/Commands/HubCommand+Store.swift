import Storage

/// What commands on the data have in common: the directory's store, and its failures.
extension HubCommand {
    static func storing<Result>(
        _ work: () throws(StorageError) -> Result
    ) throws(Failure) -> Result {
        do throws(StorageError) {
            return try work()
        } catch {
            throw Failure(error)
        }
    }

    /// Opens the store, which is then this process's alone, and closes it after the work.
    static func withStore<Result: Sendable>(
        _ settings: Settings,
        _ work: (Store) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let store = try Assembly.open(settings.store)
        do throws(Failure) {
            let result = try await work(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}
