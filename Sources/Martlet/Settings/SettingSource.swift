/// Where a value comes from; the later ones win.
enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    case standard
    case file(String)
    case environment(String)
    case flag

    var description: String {
        switch self {
        case .standard: "default"
        case .file(let path): "file \(path)"
        case .environment(let name): "environment \(name)"
        case .flag: "flag"
        }
    }
}
