import Foundation
import Hub

/// A configuration file in YAML or JSON, flattened: `tls: {key: k.pem}` and `tls.key: k.pem` are
/// the same.
struct SettingsFile: Sendable {
    private static let bytesMaximum = 1 << 20

    let path: String
    let values: [(name: String, value: SettingValue)]

    init(path: String) throws(SettingsError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingsError("The configuration file \(path) can't be read.")
        }
        guard data.count <= Self.bytesMaximum, let text = String(validating: data, as: UTF8.self)
        else { throw SettingsError("The configuration file \(path) is too large or not UTF-8.") }
        try self.init(path: path, text: text)
    }

    init(path: String, text: String) throws(SettingsError) {
        self.path = path
        values =
            path.hasSuffix(".json")
            ? try Self.readJSON(text, path) : try Self.readYAML(text, path)
        let names = values.map(\.name)
        guard Set(names).count == names.count else {
            throw SettingsError("The configuration file \(path) sets something twice.")
        }
    }

    private static func readJSON(
        _ text: String,
        _ path: String
    ) throws(SettingsError) -> [(String, SettingValue)] {
        let json: JSON
        do throws(Rejection) {
            json = try JSONParser.parse(Array(text.utf8))
        } catch {
            throw SettingsError("\(path): \(error.message)")
        }
        guard case .object = json else { throw notAMapping(path) }
        return try flatten(json, [], path)
    }

    private static func flatten(
        _ json: JSON,
        _ place: [String],
        _ path: String
    ) throws(SettingsError) -> [(String, SettingValue)] {
        let name = place.joined(separator: ".")
        switch json {
        case .null: return []
        case .object(let members):
            var values: [(String, SettingValue)] = []
            for member in members {
                values += try flatten(member.value, place + [member.key], path)
            }
            return values
        case .array(let items):
            let texts = items.compactMap { scalar($0) ?? object($0) }
            guard texts.count == items.count else { throw nested(name, path) }
            return [(name, .many(texts))]
        default:
            return [(name, .one(scalar(json) ?? ""))]
        }
    }

    private static func object(_ json: JSON) -> String? {
        guard case .object = json else { return nil }
        return String(decoding: json.encoded(), as: UTF8.self)
    }

    private static func scalar(_ json: JSON) -> String? {
        switch json {
        case .string(let text): text
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .null, .array, .object, .raw, .bytes: nil
        }
    }

    static func notAMapping(_ path: String) -> SettingsError {
        SettingsError("The configuration file \(path) holds no names with values.")
    }

    static func nested(_ name: String, _ path: String) -> SettingsError {
        SettingsError("\(path): \(name) must be a list of single values.")
    }
}
