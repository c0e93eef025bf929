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
            let texts = sequence.compactMap { $0.scalar?.string }
            guard texts.count == sequence.count else { throw nested(name, path) }
            return [(name, .many(texts))]
        case .scalar(let scalar):
            return node.null == nil ? [(name, .one(scalar.string))] : []
        case .alias:
            throw SettingsError("\(path): \(name) is an alias, which isn't followed.")
        }
    }
}
