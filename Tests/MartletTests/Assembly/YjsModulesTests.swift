import Foundation
import Gateway
import Testing

@testable import Martlet

@Suite("Modules of Yjs")
struct YjsModulesTests {
    /// Makes a directory of packages, runs the test in it, and removes it.
    private func with(_ files: [String: String], _ test: (URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("modules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in files {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        try test(root)
    }

    @Test("Modules of the five packages are served, and nothing else that lies there")
    func modules() throws {
        let files = [
            "yjs/dist/yjs.mjs": "1", "yjs/dist/yjs.cjs": "2", "yjs/package.json": "{}",
            "lib0/array.js": "3", "lib0/array.test.js": "4", "lib0/dist/array.cjs": "5",
            "y-protocols/sync.js": "6", "y-websocket/src/y-websocket.js": "7",
            "y-websocket/bin/server.js": "8", "isomorphic.js/browser.mjs": "9",
            "isomorphic.js/node.mjs": "10", "other/index.js": "11",
        ]
        try with(files) { root in
            let pages = YjsModules.pages(in: root.path)
            #expect(
                Set(pages.map(\.path)) == [
                    "/vendor/yjs/dist/yjs.mjs", "/vendor/lib0/array.js",
                    "/vendor/y-protocols/sync.js", "/vendor/y-websocket/src/y-websocket.js",
                    "/vendor/isomorphic.js/browser.mjs",
                ]
            )
            #expect(pages.allSatisfy { $0.contentType == "text/javascript; charset=utf-8" })
            #expect(pages.first { $0.path == "/vendor/lib0/array.js" }?.bytes == Array("3".utf8))
        }
    }

    @Test("What is no file, or too large, is left out; a missing directory is empty")
    func bounds() throws {
        let large = String(repeating: "x", count: (2 << 20) + 1)
        try with(["lib0/large.js": large, "lib0/folder.js/inner": "", "lib0/a.js": "a"]) { root in
            let pipe = root.appendingPathComponent("lib0/pipe.js").path
            #expect(mkfifo(pipe, 0o600) == 0)
            #expect(YjsModules.pages(in: root.path).map(\.path) == ["/vendor/lib0/a.js"])
        }
        #expect(YjsModules.pages(in: "/nowhere/at/all").isEmpty)
        #expect(YjsModules.pages(in: "").isEmpty)
    }
}
