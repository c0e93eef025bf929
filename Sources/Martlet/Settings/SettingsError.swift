/// What is wrong with the configuration: every mistake at once, each in a sentence.
struct SettingsError: Error, CustomStringConvertible {
    let mistakes: [String]

    init(_ mistakes: [String]) {
        self.mistakes = mistakes
    }

    init(_ mistake: String) {
        mistakes = [mistake]
    }

    var description: String { mistakes.joined(separator: "\n") }

    static func unknown(_ what: String, _ name: String, _ guess: String?) -> String {
        let suggestion = guess.map { "; did you mean \($0)?" } ?? "."
        return "There is no \(what) \(name)\(suggestion)"
    }

    /// A secret's value stays out of it.
    static func bad(_ setting: Setting, _ value: SettingValue, _ source: SettingSource) -> String {
        let shown = setting.isSecret ? "" : " \"\(value.text)\""
        return "\(setting.name) must be \(setting.expectation); it is not\(shown) (\(source))."
    }
}
