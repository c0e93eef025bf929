import Hub

/// What the REST API does with documents.
enum DocumentRoute: String, Sendable {
    case list, create, rename, inspect, delete, postUpdate, state, content, replaceText, edit
    case authors, versions, saveVersion, version, removeVersion, restore, diff

    /// The command that it is, and the grant that it needs.
    var action: String {
        switch self {
        case .list: "documents"
        case .postUpdate: "update"
        case .replaceText: "edit"
        default: rawValue
        }
    }

    /// What the body is.
    enum Body: Sendable {
        case none
        case json
        case bytes
        /// JSON, or the text itself.
        case text
    }

    var body: Body {
        switch self {
        case .create, .rename, .edit, .saveVersion, .restore: .json
        case .postUpdate: .bytes
        case .replaceText: .text
        default: .none
        }
    }

    var isStored: Bool {
        switch self {
        case .create, .rename, .delete, .postUpdate, .replaceText, .edit, .saveVersion,
            .removeVersion, .restore:
            true
        default: false
        }
    }

    /// Whether `If-Match` is honoured: all that changes a document which is there.
    var takesCondition: Bool { isStored && self != .create }

    /// Whether `If-None-Match` is.
    var takesKnown: Bool { self == .state || self == .content }

    /// A name among all of the API's operations.
    var identifier: String {
        switch self {
        case .list: "documents"
        case .create, .rename, .delete, .inspect, .edit: "\(rawValue)Document"
        default: "document\(rawValue.prefix(1).uppercased())\(rawValue.dropFirst())"
        }
    }
}
