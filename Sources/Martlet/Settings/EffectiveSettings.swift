/// The settings in force, and where each comes from.
struct EffectiveSettings: Sendable {
    let settings: Settings
    let sources: [String: SettingSource]

    func source(of setting: Setting) -> SettingSource {
        sources[setting.name] ?? .standard
    }

    /// The effective configuration, one setting a line, as `martlet config` prints it.
    var lines: [String] {
        let rows = SettingsTable.all.map { setting in
            let value = setting.show(settings)
            return ("\(setting.name) = \(value)", source(of: setting).description)
        }
        let width = min(60, rows.map(\.0.count).max() ?? 0)
        return rows.map { left, right in
            left + String(repeating: " ", count: max(0, width - left.count)) + "  # " + right
        }
    }

    /// All settings with their defaults, for the README.
    static var markdown: [String] {
        let standard = Settings()
        return ["| name | default | what it is |", "|---|---|---|"]
            + SettingsTable.all.map { setting in
                let value = setting.show(standard)
                let shown = value.isEmpty ? "" : "`\(value)`"
                return
                    "| `\(setting.name)` | \(shown) | \(setting.help.replacing("|", with: "\\|")) |"
            }
    }
}
