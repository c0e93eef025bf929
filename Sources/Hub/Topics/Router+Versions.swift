import Synchronization

/// Versions of documents, as far as they concern more than a topic's turn.
extension Router {
    var versionMaker: VersionMaker { VersionMaker(journal, documents, source: versions) }

    /// Keeps a version without being asked, where it is time for one and none is being kept. In a
    /// race two nodes keep one each. What fails is tried with the next snapshot.
    func keepVersion(of topic: TopicID, with snapshot: Snapshot) async {
        guard keeping.withLock({ $0.insert(topic).inserted }) else { return }
        defer { _ = keeping.withLock { $0.remove(topic) } }
        let isDue = try? await DocumentVersion.isDue(
            with: snapshot,
            of: topic,
            in: documents,
            at: surroundings.now()
        )
        guard isDue == true else { return }
        let hub = Principal(user: "", isGuest: false, grants: .everything)
        let reply = try? await inquire("keepVersion", of: topic, [:], hub)
        guard let id = reply?["versionId"]?.recordID else { return }
        _ = try? await versionMaker.version(id, of: topic)
    }
}
