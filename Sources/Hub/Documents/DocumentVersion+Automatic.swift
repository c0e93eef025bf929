/// Versions that the hub makes by itself, of the snapshots that it saves anyway.
extension DocumentVersion {
    /// Between two of a document.
    private static let gap: Int64 = 1_800_000

    /// Keeps the snapshot as a version, unless there is one that is nearly as new. A deleted
    /// document keeps none.
    static func keepAutomatically(
        _ snapshot: Snapshot,
        of topic: TopicID,
        in archive: any DocumentArchive,
        ids: RecordIDs,
        at time: Timestamp
    ) async throws(JournalError) {
        guard let log = DocumentLog(topic: topic, snapshot: snapshot.state),
            let state = DocumentLog.state(in: snapshot.state)
        else { return }
        // Its versions went with it; those of a document made anew since are not this one's.
        if log.isDeleted { return }
        let newest = try await archive.versions(of: topic, before: nil, limit: 1).first
        if let newest, time.milliseconds - newest.at.milliseconds < gap { return }
        let version = DocumentVersion(
            id: ids.next(at: time),
            name: nil,
            at: time,
            author: "",
            offset: snapshot.offset,
            state: state
        )
        try await archive.save(version, of: topic, keeping: DocumentReader.automaticMaximum)
    }
}
