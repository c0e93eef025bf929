/// A document's versions, as the records of its log make them.
struct VersionList: Sendable {
    /// In the order of the log.
    private(set) var versions: [DocumentVersion] = []
    /// Whether there is a document, as far as its records have said.
    private var isAlive = false

    mutating func apply(_ record: Record) {
        switch record.type {
        case DocumentEvent.versionSavingType:
            guard isAlive, let version = DocumentVersion(record) else { return }
            versions.append(version)
            if version.name == nil { forgetOutdated() }
        case DocumentEvent.versionRemovalType:
            let event = DocumentEvent(type: record.type, payload: record.payload)
            if case .versionRemoved(let id) = event { versions.removeAll { $0.id == id } }
        case DocumentEvent.deletionType:
            versions = []
            isAlive = false
        case DocumentEvent.creationType, DocumentEvent.renamingType, DocumentEvent.updateType:
            isAlive = true
        default: break
        }
    }

    private mutating func forgetOutdated() {
        let automatic = versions.filter { $0.name == nil }.map(\.id).sorted()
        let outdated = Set(automatic.dropLast(DocumentVersion.automaticMaximum))
        versions.removeAll { outdated.contains($0.id) }
    }

    /// Records behind an offset were taken back; those before it that are left say what remains.
    mutating func cut(behind offset: Offset, leaving records: [Record]) {
        versions.removeAll { $0.offset > offset }
        let last = records.last { !DocumentEvent.isAboutVersions($0.type) }
        if let last { isAlive = last.type != DocumentEvent.deletionType }
    }

    mutating func finish(_ version: DocumentVersion) {
        let place = versions.firstIndex {
            $0.id == version.id && $0.offset == version.offset && !$0.isFinished
        }
        if let place { versions[place].state = version.state }
    }

    /// Where the first one is that still needs the records after the snapshot to be made.
    ///
    /// - Parameter hasAll: No record was forgotten: all can be made.
    func firstInNeed(ofRecordsAfter snapshot: Offset, hasAll: Bool) -> Offset? {
        versions.first { !$0.isFinished && (hasAll || $0.offset >= snapshot) }?.offset
    }
}
