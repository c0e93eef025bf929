import CRDT

/// What happens in a document.
package enum DocumentEvent: Event {
    case created(title: String)
    /// Someone's edits: a v1 update, which is the record's payload as it is.
    case updated([UInt8], YUpdate)
    case deleted

    package static let creationType = "doc_created"
    package static let updateType = "update"
    package static let deletionType = "doc_deleted"

    package var type: String {
        switch self {
        case .created: Self.creationType
        case .updated: Self.updateType
        case .deleted: Self.deletionType
        }
    }

    package var isBinary: Bool {
        if case .updated = self { true } else { false }
    }

    /// The title that it gives the document.
    package var title: String? {
        if case .created(let title) = self { title } else { nil }
    }

    package func payload() -> [UInt8] {
        switch self {
        case .created(let title):
            var data = JSONObjectWriter()
            data.write("title", title)
            return data.finish()
        case .updated(let bytes, _): return bytes
        case .deleted: return Array("{}".utf8)
        }
    }

    package init?(type: String, payload: [UInt8]) {
        switch type {
        case Self.creationType:
            let title = (try? JSONParser.parse(payload))?["title"]?.string
            self = .created(title: title ?? "")
        case Self.updateType:
            guard let update = try? YUpdate(v1: payload, limits: .storage) else { return nil }
            self = .updated(payload, update)
        case Self.deletionType: self = .deleted
        default: return nil
        }
    }
}
