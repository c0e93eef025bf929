import Foundation
import Gateway

/// The modules of Yjs that the page for documents imports, as a package manager installed them.
///
/// They are read once, at the start, and served by exact path like all pages: no request reaches
/// the file system.
enum YjsModules {
    /// Where in a package its modules lie, and how their names end.
    private struct Place {
        let folder: String
        let ending: String
    }

    private static let places = [
        Place(folder: "yjs/dist", ending: ".mjs"),
        Place(folder: "lib0", ending: ".js"),
        Place(folder: "y-protocols", ending: ".js"),
        Place(folder: "y-websocket/src", ending: ".js"),
        Place(folder: "isomorphic.js", ending: ".mjs"),
    ]
    /// What the packages bring for their own tests.
    private static let others: Set = ["test.js", "testHelper.mjs", "node.mjs"]
    private static let filesMaximum = 100

    /// Nothing where the packages are missing: then the page says so.
    static func pages(in directory: String) -> [Page] {
        guard !directory.isEmpty else { return [] }
        let root = URL(fileURLWithPath: directory, isDirectory: true)
        return places.flatMap { pages(of: $0, in: root) }
    }

    private static func pages(of place: Place, in root: URL) -> [Page] {
        let folder = root.appendingPathComponent(place.folder, isDirectory: true)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let modules = names.filter {
            $0.hasSuffix(place.ending) && !$0.hasSuffix(".test.js") && !others.contains($0)
        }
        return modules.sorted().prefix(filesMaximum).compactMap { name in
            let file = folder.appendingPathComponent(name)
            guard let bytes = InstalledFile.read(file) else { return nil }
            return Page(
                path: "/vendor/\(place.folder)/\(name)",
                contentType: "text/javascript; charset=utf-8",
                bytes: bytes
            )
        }
    }
}
