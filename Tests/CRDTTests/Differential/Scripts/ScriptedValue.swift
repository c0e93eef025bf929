import CRDT

/// What an edit puts into a map, an array or an XML type: a plain value or a shared type.
enum ScriptedValue {
    case value(YValue)
    case map([YMember])
    case array([YValue])
    case text(String)
    case element(String)
    case xmlText(String)
    case subdocument(guid: String, option: Int)

    var json: String {
        switch self {
        case .value(let value): ScriptJSON.text(of: value)
        case .map(let members): Self.type("map", "\"init\":\(ScriptJSON.text(of: members))")
        case .array(let values):
            Self.type("array", "\"init\":" + ScriptJSON.list(values.map(ScriptJSON.text)))
        case .text(let text): Self.type("text", "\"init\":\(ScriptJSON.quoted(text))")
        case .element(let name): Self.type("element", "\"name\":\(ScriptJSON.quoted(name))")
        case .xmlText(let text): Self.type("xmltext", "\"init\":\(ScriptJSON.quoted(text))")
        case .subdocument(let guid, let option):
            Self.type("doc", "\"guid\":\(ScriptJSON.quoted(guid)),\"init\":\(option)")
        }
    }

    private static func type(_ name: String, _ fields: String) -> String {
        "{\"type\":\"\(name)\",\(fields)}"
    }
}
