import Foundation

/// Debian's `promtool`, which evaluates expressions as Prometheus 2.42 does.
enum Promtool {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool")

    /// What it says of a file of unit tests; `SUCCESS` stands alone when all is as expected.
    static func testRules(_ yaml: String) async throws -> String {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("promql-\(UUID().uuidString).yml")
        try Data(yaml.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await withCheckedThrowingContinuation { continuation in
            // The two threads of the cooperative pool are not for waiting.
            let thread = Thread { continuation.resume(with: Result { try run(file) }) }
            thread.start()
        }
    }

    private static func run(_ file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/promtool")
        process.arguments = ["test", "rules", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
