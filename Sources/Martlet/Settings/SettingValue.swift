/// A value as it was written somewhere, before it is read.
enum SettingValue: Sendable, Hashable {
    case one(String)
    case many([String])

    var texts: [String] {
        switch self {
        case .one(let text): text.isEmpty ? [] : [text]
        case .many(let texts): texts
        }
    }

    var text: String {
        switch self {
        case .one(let text): text
        case .many(let texts): texts.joined(separator: ",")
        }
    }
}
