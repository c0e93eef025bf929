import CRDT

/// What happens in a document.
package enum DocumentEvent: Event {
    case created(title: String)
    case renamed(title: String)
    /// Someone's edits: a v1 update, which is the record's payload as it is.
    case updated([UInt8], YUpdate)
    /// The document as its record finds it is a version; without a name, one that the hub made by
    /// itself. The id is that of the record.
    case versionSaved(RecordID, name: String?)
    case versionRemoved(RecordID)
    case deleted

    package static let creationType = "doc_created"
    package static let renamingType = "doc_renamed"
    package static let updateType = "update"
    package static let versionSavingType = "version_saved"
    package static let versionRemovalType = "version_removed"
    package static let deletionType = "doc_deleted"

    package var type: String {
        switch self {
        case .created: Self.creationType
        case .renamed: Self.renamingType
        case .updated: Self.updateType
        case .versionSaved: Self.versionSavingType
        case .versionRemoved: Self.versionRemovalType
        case .deleted: Self.deletionType
        }
    }

    package var isBinary: Bool {
        if case .updated = self { true } else { false }
    }

    /// The title that it gives the document.
    package var title: String? {
        switch self {
        case .created(let title), .renamed(let title): title
        case .updated, .versionSaved, .versionRemoved, .deleted: nil
        }
    }

    /// Whether it leaves the document as it is.
    var isAboutVersions: Bool {
        switch self {
        case .versionSaved, .versionRemoved: true
        case .created, .renamed, .updated, .deleted: false
        }
    }

    /// Whether records of that type leave their document as it is.
    package static func isAboutVersions(_ type: String) -> Bool {
        type == versionSavingType || type == versionRemovalType
    }

    package func payload() -> [UInt8] {
        var data = JSONObjectWriter()
        switch self {
        case .created(let title), .renamed(let title): data.write("title", title)
        case .updated(let bytes, _): return bytes
        case .versionSaved(let id, let name):
            data.write("versionId", id)
            if let name {
                data.write("name", name)
            } else {
                data.writeNull("name")
                data.write("automatic", true)
            }
        case .versionRemoved(let id): data.write("versionId", id)
        case .deleted: break
        }
        return data.finish()
    }

    package init?(type: String, payload: [UInt8]) {
        switch type {
        case Self.creationType: self = .created(title: Self.title(in: payload))
        case Self.renamingType: self = .renamed(title: Self.title(in: payload))
        case Self.updateType:
            guard let update = try? YUpdate(v1: payload, limits: .storage) else { return nil }
            self = .updated(payload, update)
        case Self.versionSavingType, Self.versionRemovalType:
            guard let data = try? JSONParser.parse(payload), let id = data["versionId"]?.recordID
            else { return nil }
            self =
                type == Self.versionRemovalType
                ? .versionRemoved(id) : .versionSaved(id, name: data["name"]?.string)
        case Self.deletionType: self = .deleted
        default: return nil
        }
    }

    private static func title(in payload: [UInt8]) -> String {
        (try? JSONParser.parse(payload))?["title"]?.string ?? ""
    }
}
