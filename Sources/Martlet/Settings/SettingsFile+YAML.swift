import Hub
import Yams

/// The YAML half: mappings are flattened, lists stay lists, everything else is text.
extension SettingsFile {
    static func readYAML(
        _ text: String,
        _ path: String
    ) throws(SettingsError) -> [(String, SettingValue)] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw SettingsError("\(path) is not YAML: \(error)")
        }
        // An empty file, or one of comments, sets nothing.
        guard let root, root.null == nil else { return [] }
        guard case .mapping = root else { throw notAMapping(path) }
        return try flatten(root, [], path)
    }

    private static func flatten(
        _ node: Node,
        _ place: [String],
        _ path: String
    ) throws(SettingsError) -> [(String, SettingValue)] {
        let name = place.joined(separator: ".")
        switch node {
        case .mapping(let mapping):
            var values: [(String, SettingValue)] = []
            for (key, value) in mapping {
                guard let key = key.scalar?.string else { throw nested(name, path) }
                values += try flatten(value, place + [key], path)
            }
            return values
        case .sequence(let sequence):
            let texts = sequence.compactMap { $0.scalar?.string ?? object($0) }
            guard texts.count == sequence.count else { throw nested(name, path) }
            return [(name, .many(texts))]
        case .scalar(let scalar):
            return node.null == nil ? [(name, .one(scalar.string))] : []
        case .alias:
            throw SettingsError("\(path): \(name) is an alias, which isn't followed.")
        }
    }

    /// An entry of a list that has names itself, as JSON: what takes such entries reads that.
    private static func object(_ node: Node) -> String? {
        guard case .mapping = node, let json = json(node, depth: 4) else { return nil }
        return String(decoding: json.encoded(), as: UTF8.self)
    }

    private static func json(_ node: Node, depth: Int) -> JSON? {
        switch node {
        case .scalar(let scalar): return .string(scalar.string)
        case .sequence(let sequence) where depth > 0:
            let entries = sequence.compactMap { json($0, depth: depth - 1) }
            return entries.count == sequence.count ? .array(entries) : nil
        case .mapping(let mapping) where depth > 0:
            var members: [JSON.Member] = []
            for (key, value) in mapping {
                guard let key = key.scalar?.string, let value = json(value, depth: depth - 1) else {
                    return nil
                }
                members.append(JSON.Member(key, value))
            }
            return .object(members)
        default: return nil
        }
    }
}
