import CRDT

/// One edit that a client without Yjs asks for.
package struct DocumentOperation: Sendable {
    enum Work: Sendable {
        case insertText(String, at: Int, attributes: [YMember]?)
        case insertEmbed(YValue, at: Int)
        case insertValues([YValue], at: Int)
        case push([YValue])
        case delete(Range<Int>)
        case format(Range<Int>, [YMember])
        case setText(String)
        case set(String, YValue)
        case setType(String, YTypeKind)
        case insertType(YTypeKind, at: Int)
        case remove(String)
    }

    /// A step from a type to one within it.
    enum Step: Sendable {
        case key(String)
        case index(Int)
    }

    let root: String
    let path: [Step]
    let work: Work

    package static let listMaximum = 1000
    private static let indexMaximum: Int64 = 0xFFFF_FFFF
    private static let depthMaximum = 32

    /// The operations in a command's `data`.
    static func list(_ command: JSON) throws(Rejection) -> [DocumentOperation] {
        guard let list = command["data"]?["operations"]?.array else {
            throw Rejection(.badRequest, "data.operations: is missing or no list.")
        }
        guard (1...listMaximum).contains(list.count) else {
            throw Rejection(.tooLarge, "data.operations: has 1 to \(listMaximum) entries.")
        }
        var operations: [DocumentOperation] = []
        for entry in list { operations.append(try DocumentOperation(entry)) }
        return operations
    }

    private init(_ entry: JSON) throws(Rejection) {
        guard case .object = entry else {
            throw Rejection(.badRequest, "An operation is an object.")
        }
        let fields = Fields(entry)
        root = try fields.string("root")
        path = try Self.path(entry["path"])
        work = try Self.work(try fields.string("op"), entry, fields)
    }

    private static func path(_ value: JSON?) throws(Rejection) -> [Step] {
        guard let value, !value.isNull else { return [] }
        guard let steps = value.array, steps.count <= depthMaximum else {
            throw Rejection(.badRequest, "path: is a list of keys and indexes.")
        }
        var path: [Step] = []
        for step in steps {
            if let key = step.string {
                path.append(.key(key))
            } else if let index = step.int, (0...indexMaximum).contains(index) {
                path.append(.index(Int(index)))
            } else {
                throw Rejection(.badRequest, "path: is a list of keys and indexes.")
            }
        }
        return path
    }

    private static func work(
        _ name: String,
        _ entry: JSON,
        _ fields: Fields
    ) throws(Rejection) -> Work {
        switch name {
        case "insert": return try insertion(entry, fields)
        case "push": return .push(try values(entry, fields))
        case "delete": return .delete(try range(fields))
        case "format":
            guard let attributes = try attributes(entry, fields) else {
                throw fields.refusal("attributes", "is missing")
            }
            return .format(try range(fields), attributes)
        case "setText": return .setText(try fields.string("text"))
        case "set":
            let key = try fields.string("key")
            if fields.has("type") { return .setType(key, try kind(fields)) }
            return .set(key, entry["value"]?.yValue ?? .null)
        case "remove": return .remove(try fields.string("key"))
        default:
            throw fields.refusal(
                "op",
                "is insert, push, delete, format, setText, set or remove"
            )
        }
    }

    /// Text, an embed, values, or an empty shared type.
    private static func insertion(_ entry: JSON, _ fields: Fields) throws(Rejection) -> Work {
        let index = Int(try fields.int("index", in: 0...indexMaximum))
        if let text = try fields.optionalString("text") {
            return .insertText(text, at: index, attributes: try attributes(entry, fields))
        }
        if let embed = entry["embed"] { return .insertEmbed(embed.yValue, at: index) }
        if fields.has("type") { return .insertType(try kind(fields), at: index) }
        return .insertValues(try values(entry, fields), at: index)
    }

    private static func range(_ fields: Fields) throws(Rejection) -> Range<Int> {
        let index = Int(try fields.int("index", in: 0...indexMaximum))
        let length = Int(try fields.int("length", in: 0...indexMaximum))
        return index..<index + length
    }

    private static func values(_ entry: JSON, _ fields: Fields) throws(Rejection) -> [YValue] {
        guard let values = entry["values"]?.array else {
            throw fields.refusal("values", "is missing or no list")
        }
        return values.map(\.yValue)
    }

    private static func attributes(
        _ entry: JSON,
        _ fields: Fields
    ) throws(Rejection) -> [YMember]? {
        guard let value = entry["attributes"], !value.isNull else { return nil }
        guard case .object(let members) = value else {
            throw fields.refusal("attributes", "must be an object")
        }
        return members.map { YMember(key: $0.key, value: $0.value.yValue) }
    }

    private static func kind(_ fields: Fields) throws(Rejection) -> YTypeKind {
        switch try fields.string("type") {
        case "text": .text
        case "map": .map
        case "array": .array
        case "xmlText": .xmlText
        case "xmlFragment": .xmlFragment
        case "xmlElement": .xmlElement(try fields.string("name"))
        default:
            throw fields.refusal(
                "type",
                "is text, map, array, xmlText, xmlFragment or xmlElement"
            )
        }
    }
}
