import Foundation

/// Runs a program of the machine.
enum Tool {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
    }

    static func run(
        _ name: String,
        _ arguments: [String],
        input: [UInt8] = []
    ) async throws -> Outcome {
        try await onOwnThread { try runNow(name, arguments, input: input) }
    }

    static func succeeds(_ name: String, _ arguments: [String]) -> Bool {
        (try? runNow(name, arguments, input: []))?.status == 0
    }

    private static func runNow(
        _ name: String,
        _ arguments: [String],
        input: [UInt8]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        // A pipe holds 64 KiB; more than that is read while it is written.
        let writer = stdin.fileHandleForWriting
        DispatchQueue.global().async {
            try? writer.write(contentsOf: Data(input))
            try? writer.close()
        }
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: output, as: UTF8.self)
        )
    }
}
