/// Why the file of revocations can't be used.
package enum RevocationFileError: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String)
    case malformed(path: String, line: Int)
    case unwritable(path: String)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) can't be read"
        case .malformed(let path, let line): "\(path) is malformed in line \(line)"
        case .unwritable(let path): "\(path) can't be written"
        }
    }
}
