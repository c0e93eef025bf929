/// Versions that the hub makes by itself, where it saves snapshots anyway.
extension DocumentVersion {
    /// Between two of a document.
    private static let gap: Int64 = 1_800_000

    /// Whether a document of which a snapshot was saved should be kept as a version: not when there
    /// is one that is nearly as new, or nothing has happened since the newest. One that was deleted
    /// is not, though it may be there anew by now.
    static func isDue(
        with snapshot: Snapshot,
        of topic: TopicID,
        in archive: any DocumentArchive,
        at time: Timestamp
    ) async throws(JournalError) -> Bool {
        if DocumentLog.isDeleted(in: snapshot.state) { return false }
        let newest = try await archive.versions(of: topic, before: nil, limit: 1).first
        guard let newest else { return true }
        return newest.offset < snapshot.offset && time.milliseconds - newest.at.milliseconds >= gap
    }
}
