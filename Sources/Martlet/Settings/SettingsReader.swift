import Configuration
import Foundation
import Gateway
import SystemPackage

/// Reads the settings from flags, environment and file, the first of them that has a value winning.
struct SettingsReader: Sendable {
    private static let environmentPrefix = "MARTLET_"
    /// Names the file, and so is no setting itself.
    private static let fileVariable = "MARTLET_CONFIG"

    /// Settings that were given on the command line, by name.
    var flags: [String: SettingValue] = [:]
    var file: String?
    var environment: [String: String] = ProcessInfo.processInfo.environment

    /// The settings in force and where each comes from; or every mistake there is.
    func read() throws(SettingsError) -> EffectiveSettings {
        var mistakes = unknownVariables() + unknownFlags()
        let file = try openFile()
        let known = Set(SettingsTable.all.map(\.name))
        for (name, _) in file?.values ?? [] where !known.contains(name) {
            let guess = Suggestion.nearest(to: name, among: Array(known))
            mistakes.append(
                SettingsError.unknown("setting", "\(name) (file \(file?.path ?? ""))", guess)
            )
        }
        let layers = layers(file)
        var settings = Settings()
        var sources: [String: SettingSource] = [:]
        for setting in SettingsTable.all {
            guard let (value, source) = Self.find(setting, in: layers) else { continue }
            sources[setting.name] = source
            if !setting.apply(value, &settings) {
                mistakes.append(SettingsError.bad(setting, value, source))
            }
        }
        guard mistakes.isEmpty else { throw SettingsError(mistakes) }
        try SettingsCompletion.complete(&settings)
        return EffectiveSettings(settings: settings, sources: sources)
    }

    // MARK: Layers

    private struct Layer {
        let provider: any ConfigProvider
        let source: @Sendable (Setting) -> SettingSource
    }

    private func layers(_ file: SettingsFile?) -> [Layer] {
        let written = file?.values ?? []
        let path = file?.path ?? ""
        return [
            Layer(provider: Self.provider("flags", flags), source: { _ in .flag }),
            Layer(
                // A variable that is set to nothing counts as unset, as compose files have it.
                provider: EnvironmentVariablesProvider(
                    environmentVariables: environment.filter { !$0.value.isEmpty }
                ).prefixKeys(with: "martlet"),
                source: { .environment($0.environmentName) }
            ),
            Layer(
                provider: Self.provider(
                    "file",
                    Dictionary(written.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
                ),
                source: { _ in .file(path) }
            ),
        ]
    }

    private static func provider(
        _ name: String,
        _ values: [String: SettingValue]
    ) -> InMemoryProvider {
        let pairs = values.compactMap { name, value -> (AbsoluteConfigKey, ConfigValue)? in
            guard let setting = SettingsTable.setting(name) else { return nil }
            let content: ConfigContent =
                switch value {
                case .one(let text): setting.isList ? .stringArray(split(text)) : .string(text)
                case .many(let texts): .stringArray(texts)
                }
            return (key(setting), ConfigValue(content, isSecret: setting.isSecret))
        }
        return InMemoryProvider(
            name: name,
            values: Dictionary(pairs, uniquingKeysWith: { $1 })
        )
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func key(_ setting: Setting) -> AbsoluteConfigKey {
        AbsoluteConfigKey(setting.name.split(separator: ".").map(String.init))
    }

    /// A list where one value is expected, or the other way round, is a mistake to be told, so a
    /// value of the other form is found too.
    private static func find(
        _ setting: Setting,
        in layers: [Layer]
    ) -> (SettingValue, SettingSource)? {
        for layer in layers {
            for type in [setting.isList ? ConfigType.stringArray : .string, .string, .stringArray] {
                let found = try? layer.provider.value(forKey: key(setting), type: type).value
                switch found?.content {
                case .string(let text): return (.one(text), layer.source(setting))
                case .stringArray(let texts): return (.many(texts), layer.source(setting))
                default: continue
                }
            }
        }
        return nil
    }

    // MARK: Unknown names

    private func openFile() throws(SettingsError) -> SettingsFile? {
        guard let path = file ?? environment[Self.fileVariable], !path.isEmpty else { return nil }
        return try SettingsFile(path: path)
    }

    private func unknownVariables() -> [String] {
        let known = Set(SettingsTable.all.map(\.environmentName) + [Self.fileVariable])
        return environment.keys.filter {
            $0.hasPrefix(Self.environmentPrefix) && !known.contains($0)
        }.sorted().map { name in
            let guess = Suggestion.nearest(to: name, among: Array(known))
            return SettingsError.unknown("environment variable", name, guess)
        }
    }

    private func unknownFlags() -> [String] {
        let known = SettingsTable.all.map(\.name)
        return flags.keys.filter { !known.contains($0) }.sorted().map { name in
            SettingsError.unknown(
                "setting",
                "\(name) (flag)",
                Suggestion.nearest(to: name, among: known)
            )
        }
    }
}
