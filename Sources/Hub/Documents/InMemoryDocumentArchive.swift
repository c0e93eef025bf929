import Synchronization

/// Lists of an in-memory journal's documents, and the versions that it keeps: for tests.
package final class InMemoryDocumentArchive: DocumentArchive {
    private let journal: InMemoryJournal

    package init(journal: InMemoryJournal = InMemoryJournal()) {
        self.journal = journal
    }

    package func documents(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [DocumentSummary] {
        let topics = journal.topics.filter { $0.kind == .doc && $0.name > (after ?? "")[...] }
        var found: [DocumentSummary] = []
        for topic in topics.sorted(by: { $0.name < $1.name }) where found.count < limit {
            let records = try await journal.read(topic, after: 0, limit: .max)
                .filter { !DocumentEvent.isAboutVersions($0.type) }
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

    package func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion] {
        let newest = journal.versions(of: topic).filter { $0.id < before ?? RecordID(.max) }
            .sorted { $0.id > $1.id }
        return newest.prefix(limit).map { version in
            var version = version
            version.state = []
            return version
        }
    }

    package func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        journal.versions(of: topic).first { $0.id == id }
    }

    package func unfinishedVersions(
        of topic: TopicID,
        upTo offset: Offset
    ) async throws(JournalError) -> [DocumentVersion] {
        journal.versions(of: topic).filter { !$0.isFinished && $0.offset <= offset }
    }

    /// None: this journal is nobody's copy.
    package func missingVersions(
        in partition: Partition
    ) async throws(JournalError) -> [(topic: TopicID, version: DocumentVersion)] {
        []
    }

    package func finish(
        _ version: DocumentVersion,
        of topic: TopicID,
        in epoch: Epoch
    ) async throws(JournalError) {
        journal.state.withLock { state in
            guard state.logs[topic]?.epoch == epoch else { return }
            state.logs[topic]?.versions.finish(version)
        }
    }
}
