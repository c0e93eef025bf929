import Synchronization

/// Versions in memory, and a list made from an in-memory journal: for tests.
package final class InMemoryDocumentArchive: DocumentArchive {
    private let journal: InMemoryJournal?
    private let versions = Mutex<[TopicID: [DocumentVersion]]>([:])

    package init(journal: InMemoryJournal? = nil) {
        self.journal = journal
    }

    package func documents(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [DocumentSummary] {
        guard let journal else { return [] }
        let topics = journal.topics.filter { $0.kind == .doc && $0.name > (after ?? "")[...] }
        var found: [DocumentSummary] = []
        for topic in topics.sorted(by: { $0.name < $1.name }) where found.count < limit {
            let records = try await journal.read(topic, after: 0, limit: .max)
            guard let first = records.first, let last = records.last,
                last.type != DocumentEvent.deletionType
            else { continue }
            let titles = records.compactMap {
                DocumentEvent(type: $0.type, payload: $0.payload)?.title
            }
            found.append(
                DocumentSummary(
                    name: String(topic.name),
                    title: titles.last ?? "",
                    createdAt: first.at,
                    createdBy: first.author,
                    updatedAt: last.at,
                    updatedBy: last.author,
                    updates: Int64(records.count { $0.type == DocumentEvent.updateType })
                )
            )
        }
        return found
    }

    package func save(
        _ version: DocumentVersion,
        of topic: TopicID,
        keeping count: Int
    ) async throws(JournalError) {
        versions.withLock { versions in
            var kept = versions[topic, default: []] + [version]
            let automatic = kept.filter { $0.name == nil }.map(\.id).sorted()
            let outdated = Set(automatic.dropLast(count))
            kept.removeAll { outdated.contains($0.id) }
            versions[topic] = kept
        }
    }

    package func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion] {
        let deletion = try await deletion(of: topic)
        return versions.withLock { versions in
            versions[topic, default: []]
                .filter { $0.offset > deletion && $0.id < before ?? RecordID(.max) }
                .sorted { $0.id > $1.id }.prefix(limit).map { version in
                    var version = version
                    version.state = []
                    return version
                }
        }
    }

    package func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        let deletion = try await deletion(of: topic)
        return versions.withLock { versions in
            versions[topic]?.first { $0.id == id && $0.offset > deletion }
        }
    }

    /// The last: versions from before went with it.
    private func deletion(of topic: TopicID) async throws(JournalError) -> Offset {
        let records = try await journal?.read(topic, after: 0, limit: .max) ?? []
        return records.last { $0.type == DocumentEvent.deletionType }?.offset ?? 0
    }

    package func removeVersion(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> Bool {
        versions.withLock { versions in
            let earlier = versions[topic, default: []]
            versions[topic] = earlier.filter { $0.id != id }
            return versions[topic]?.count != earlier.count
        }
    }
}
