import Hub

/// Reads that must not be older than what any node has acknowledged.
extension PartitionFollower {
    /// Returns when this copy has every entry that the log had when it was asked, and topics were
    /// told of them. Fails where the log can't be asked, or is not the one that the copy follows.
    func catchUp() async throws(JournalError) {
        guard !isEnded, state == .live, let before = bookmark else { throw refusal }
        let place: LogPlace?
        do throws(SharedLogError) {
            place = try await surroundings.log.place(of: partition)
        } catch {
            throw .unavailable("\(error)")
        }
        // Meanwhile this copy may have gone on; what it had then must be in the log.
        guard let place, place.isLive, place.epoch == before.epoch, bookmark?.epoch == place.epoch,
            place.sequence > before.sequence
                || (place.sequence == before.sequence && place.entry == before.entry)
        else {
            surroundings.clockwork.spawn { await self.look() }
            throw Self.turning
        }
        try await archived(through: place.sequence)
    }
}
