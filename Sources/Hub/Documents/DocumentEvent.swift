import CRDT

/// What happens in a document.
package enum DocumentEvent: Event {
    case created(title: String)
    case renamed(title: String)
    /// Someone's edits: a v1 update, which is the record's payload as it is.
    case updated([UInt8], YUpdate)
    case deleted

    package static let creationType = "doc_created"
    package static let renamingType = "doc_renamed"
    package static let updateType = "update"
    package static let deletionType = "doc_deleted"

    package var type: String {
        switch self {
        case .created: Self.creationType
        case .renamed: Self.renamingType
        case .updated: Self.updateType
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
        case .updated, .deleted: nil
        }
    }

    package func payload() -> [UInt8] {
        switch self {
        case .created(let title), .renamed(let title):
            var data = JSONObjectWriter()
            data.write("title", title)
            return data.finish()
        case .updated(let bytes, _): return bytes
        case .deleted: return Array("{}".utf8)
        }
    }

    package init?(type: String, payload: [UInt8]) {
        switch type {
        case Self.creationType: self = .created(title: Self.title(in: payload))
        case Self.renamingType: self = .renamed(title: Self.title(in: payload))
        case Self.updateType:
            guard let update = try? YUpdate(v1: payload, limits: .storage) else { return nil }
            self = .updated(payload, update)
        case Self.deletionType: self = .deleted
        default: return nil
        }
    }

    private static func title(in payload: [UInt8]) -> String {
        (try? JSONParser.parse(payload))?["title"]?.string ?? ""
    }
}
