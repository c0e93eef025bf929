import Hub

/// One command of the native protocol, read from its JSON object.
struct NativeCommand {
    /// What comes back with the reply; nil when the client doesn't want one.
    let id: JSON?
    let action: String
    let topic: TopicID?
    let key: String?
    let fields: JSON

    static let idBytesMaximum = 64

    /// The id alone, so that a command that is otherwise malformed can be answered.
    static func id(of json: JSON) -> JSON? {
        switch json["id"] {
        case .int(let number): .int(number)
        case .string(let text) where text.utf8.count <= idBytesMaximum: .string(text)
        default: nil
        }
    }

    init(_ json: JSON) throws(Rejection) {
        guard case .object = json else {
            throw Rejection(.badRequest, "A command is a JSON object.")
        }
        guard let action = json["action"]?.string else {
            throw Rejection(.badRequest, "A command needs an action, a string.")
        }
        id = Self.id(of: json)
        guard id != nil || json["id"] == nil || json["id"] == .null else {
            throw Rejection(.badRequest, "An id is an integer or a string of at most 64 bytes.")
        }
        self.action = action
        switch json["topic"] {
        case nil, .null: topic = nil
        case .string(let text): topic = try TopicID(text)
        default: throw Rejection(.badTopic, "A topic is a string.")
        }
        key = try Self.key(of: json)
        fields = json
    }

    private static func key(of json: JSON) throws(Rejection) -> String? {
        guard let value = json["key"], !value.isNull else { return nil }
        guard let key = value.string, Ask.isKey(key) else { throw Ask.badKey }
        return key
    }
}
