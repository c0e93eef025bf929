import Foundation

/// The checkout, read once: every file that the rules look at, and every path that exists.
struct SourceTree: Sendable {
    let files: [SourceFile]
    /// Files and folders, from the root, without what is built or ignored.
    let paths: Set<String>

    /// The folder that these tests were compiled from: four levels above this file.
    static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()) {
        folder,
        _ in folder.deletingLastPathComponent()
    }

    static let checkout = SourceTree(root: root)

    init(files: [SourceFile]) {
        self.files = files
        paths = Set(files.map(\.path))
    }

    init(root: URL) {
        var files: [SourceFile] = []
        var paths: Set<String> = []
        let walk = FileManager.default.enumerator(atPath: root.path)
        while let path = walk?.nextObject() as? String {
            if Self.isSkipped(path) {
                walk?.skipDescendants()
                continue
            }
            paths.insert(path)
            guard Self.isRead(path),
                let bytes = FileManager.default.contents(atPath: root.path + "/" + path)
            else { continue }
            files.append(SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self)))
        }
        self.files = files.sorted { $0.path < $1.path }
        self.paths = paths
    }

    /// Folders that tools make; none of it is committed.
    private static func isSkipped(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasPrefix(".build") || path == "data"
            || [".git", "node_modules", "__pycache__", "Package.resolved"].contains(name)
    }

    private static func isRead(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let ending = name.split(separator: ".").last.map(String.init) ?? name
        return path.hasPrefix(".ci/") || readNames.contains(name) || readEndings.contains(ending)
    }

    private static let readNames: Set<String> = ["Makefile", "Dockerfile", ".gitignore"]
    private static let readEndings: Set<String> = [
        "swift", "c", "h", "js", "mjs", "py", "css", "html", "md", "json", "yml", "yaml", "conf",
        "service", "txt", "sql", "sh",
    ]
}
