import Foundation

/// Runs a command to its end, without blocking a thread that tests need.
enum ShellTool {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What it wrote to its standard output and error.
    @discardableResult
    static func run(_ words: [String], mayFail: Bool = false) async throws -> String {
        let file = NSTemporaryDirectory() + "/tool-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: file) }
        guard let output = FileHandle(forWritingAtPath: file) else {
            throw Failure(description: "\(file) can't be written")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try output.close()
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard status == 0 || mayFail else {
            throw Failure(description: "\(words) ended with \(status): \(text)")
        }
        return text
    }
}
