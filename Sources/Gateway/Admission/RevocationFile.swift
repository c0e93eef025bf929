import Foundation
import Hub

/// The revocations on disk: one JSON object a line, replaced as a whole by renaming.
package struct RevocationFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// What was saved last; nothing when there is no file yet. A line that can't be read is an
    /// error: to pass it over would let a revoked token in again.
    package func load() throws(RevocationFileError) -> [Revocation] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else { throw .unreadable(path: path) }
        var revocations: [Revocation] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            guard let json = try? JSONParser.parse(Array(line.utf8)),
                let revocation = Revocation(json: json)
            else { throw .malformed(path: path, line: index + 1) }
            revocations.append(revocation)
        }
        return revocations
    }

    package func save(_ revocations: [Revocation]) throws(RevocationFileError) {
        var bytes: [UInt8] = []
        for revocation in revocations {
            revocation.json.encode(into: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        let draft = path + ".draft"
        guard
            FileManager.default.createFile(
                atPath: draft,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            ),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw .unwritable(path: path) }
        defer { try? handle.close() }
        do {
            try handle.write(contentsOf: Data(bytes))
            // On disk before it gets the name: else a crash could leave an empty file under it.
            try handle.synchronize()
        } catch {
            throw .unwritable(path: path)
        }
        guard rename(draft, path) == 0 else { throw .unwritable(path: path) }
    }
}
