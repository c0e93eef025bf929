/// What the hub looks after in its items by itself.
extension Router {
    /// Has the items record that holds have expired, so that who watches is told. Who buys doesn't
    /// wait for it: an expired hold is in nobody's way.
    ///
    /// - Returns: How many items there were; as many as `limit` when there may be more.
    package func expireHolds(limit: Int) async throws(JournalError) -> Int {
        let due = try await stock.dueItems(at: surroundings.now(), limit: limit)
        await withDiscardingTaskGroup { group in
            for item in due {
                // What is refused now is due again the next time.
                group.addTask { _ = try? await self.inquire("expire", of: item, [:], .hub) }
            }
        }
        return due.count
    }
}
