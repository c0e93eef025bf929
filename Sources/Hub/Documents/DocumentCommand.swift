import CRDT

/// What can be asked of a document.
package enum DocumentCommand: Sendable {
    /// May the principal join? The reply has the state vector, and the whole state if wanted.
    case access(wantsState: Bool, wantsVector: Bool)
    case create(title: String)
    case rename(title: String)
    /// A client's edits, decoded and checked.
    case update([UInt8], YUpdate)
    /// Whether an update says anything that isn't known.
    case check(YUpdate)
    /// Edits for a client that has no Yjs of its own.
    case edit([DocumentOperation])
    /// What somebody lacks who knows that much, in the first format.
    case sync(YStateVector?)
    /// The same in either format, with what is told of the document.
    case state(isSecondFormat: Bool, since: YStateVector?)
    case content(root: String, form: DocumentContent.Form)
    /// One of these, for someone who knows what it was at some positions.
    indirect case unless([Position], DocumentCommand)
    case inspect
    /// Who wrote, and of a text's root who wrote which piece of it.
    case authors(root: String?)
    /// Makes the document read as this state does, by edits.
    case restore(YUpdate)
    /// The document as it is becomes a version. One without a name is the hub's own.
    case saveVersion(name: String?, isFull: Bool)
    case removeVersion(RecordID, isKnown: Bool)
    case delete

    package static let titleBytesMaximum = 200
    package static let updateBytesMaximum = 16 << 20

    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access":
            self = .access(
                wantsState: command["state"]?.bool ?? false,
                wantsVector: command["vector"]?.bool ?? false
            )
        case "create": self = .create(title: try Self.title(command) ?? "")
        case "rename":
            guard let title = try Self.title(command) else {
                throw Rejection(.badRequest, "data.title: is missing.")
            }
            self = .rename(title: title)
        case "update":
            let (bytes, update) = try Self.update(command)
            self = .update(bytes, update)
        case "check": self = .check(try Self.update(command).1)
        case "edit": self = .edit(try DocumentOperation.list(command))
        case "sync": self = .sync(try Self.vector(command, "vector"))
        case "state":
            let format = command["format"]?.string ?? "v1"
            guard format == "v1" || format == "v2" else {
                throw Rejection(.badRequest, "format: is v1 or v2.")
            }
            let vector = try Self.vector(command, "since")
            self = .state(isSecondFormat: format == "v2", since: vector).unless(Self.known(command))
        case "content":
            self = .content(
                root: try Fields(command).string("root"),
                form: try DocumentContent.Form(command["as"])
            ).unless(Self.known(command))
        case "inspect": self = .inspect
        case "authors": self = .authors(root: try Fields(command).optionalString("root"))
        case "restoreState":
            guard let bytes = command["state"]?.binary,
                let update = try? YUpdate(v2: bytes, limits: .storage)
            else { throw .unavailable }
            self = .restore(update)
        case "saveVersion":
            self = .saveVersion(
                name: try Self.versionName(command),
                isFull: command["full"]?.bool ?? false
            )
        case "keepVersion": self = .saveVersion(name: nil, isFull: false)
        case "removeVersion":
            self = .removeVersion(
                try Fields(command).recordID("versionId"),
                isKnown: command["known"]?.bool ?? false
            )
        case "delete": self = .delete
        default: throw Rejection(.unknownAction, "A document has no such action.")
        }
    }

    private static func title(_ command: JSON) throws(Rejection) -> String? {
        try Fields(dataOf: command).optionalText("title", bytesMaximum: titleBytesMaximum)
    }

    private static func versionName(_ command: JSON) throws(Rejection) -> String {
        let data = try Fields(dataOf: command)
        let most = DocumentVersion.nameBytesMaximum
        guard let name = try data.optionalText("name", bytesMaximum: most), !name.isEmpty else {
            throw data.refusal("name", "is missing")
        }
        return name
    }

    private static func known(_ command: JSON) -> [Position] {
        (command["known"]?.strings ?? []).compactMap { try? Position($0) }
    }

    private func unless(_ known: [Position]) -> DocumentCommand {
        known.isEmpty ? self : .unless(known, self)
    }

    private static func update(_ command: JSON) throws(Rejection) -> ([UInt8], YUpdate) {
        guard let bytes = command["data"]?["update"]?.binary else {
            throw Rejection(.badRequest, "data.update: is missing or no base64.")
        }
        guard bytes.count <= updateBytesMaximum else {
            throw Rejection(.tooLarge, "An update has at most \(updateBytesMaximum) bytes.")
        }
        do throws(YDecodingError) {
            return (bytes, try YUpdate(v1: bytes))
        } catch {
            throw Rejection(.badRequest, "The update can't be read: \(error).")
        }
    }

    private static func vector(_ command: JSON, _ name: String) throws(Rejection) -> YStateVector? {
        guard let value = command[name], !value.isNull else { return nil }
        guard let bytes = value.binary, let vector = try? YStateVector(bytes: bytes) else {
            throw Rejection(.badRequest, "\(name): is no state vector.")
        }
        return vector
    }
}
