import CRDT

/// One edit of whatever type its path leads to. Its numbers are taken modulo what is there, so
/// that every edit fits every document; each kind of type uses the fields that it needs.
struct ScriptedEdit {
    enum Root: String, CaseIterable {
        case text = "t"
        case map = "m"
        case array = "a"
        case xml = "x"
    }

    enum Act: String {
        case insert, insertFormatted, embed, format, delete
    }

    var root: Root
    /// Which child to go to, again and again, as long as there are children.
    var path: [Int]
    var act: Act
    var at = 0
    var count = 0
    var key = "k"
    var text = ""
    var attributes: [YMember] = []
    var embed = YValue.null
    var values: [ScriptedValue] = [.value(1)]
    var node = ScriptedValue.xmlText("")

    var json: String {
        let fields = [
            "root": ScriptJSON.quoted(root.rawValue), "act": ScriptJSON.quoted(act.rawValue),
            "path": ScriptJSON.list(path.map(String.init)), "at": "\(at)", "count": "\(count)",
            "key": ScriptJSON.quoted(key), "text": ScriptJSON.quoted(text),
            "attributes": ScriptJSON.text(of: attributes), "embed": ScriptJSON.text(of: embed),
            "values": ScriptJSON.list(values.map(\.json)), "node": node.json,
        ]
        return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}
