import Foundation
import Glibc

/// A directory for one server's files, removed with all that is in it.
struct ScratchDirectory: Sendable {
    let path: String

    init(in parent: String? = nil) throws(LoadFailure) {
        let parent = parent ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/martlet-load-XXXXXX\0".utf8CString.dropLast())
        guard mkdtemp(&template) != nil else {
            throw LoadFailure("No directory can be made in \(parent)", errno)
        }
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: bytes, as: UTF8.self)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
