import Foundation

/// What git has of the tree.
enum TrackedFiles {
    /// The paths from the root; empty where the tree is no checkout, an unpacked archive say.
    static func list() throws -> [String] {
        let git = Process()
        let output = Pipe()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = ["git", "ls-files"]
        git.currentDirectoryURL = SourceTree.root
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        try git.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
