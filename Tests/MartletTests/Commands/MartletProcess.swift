import Foundation

/// A `martlet` process: the program that was built beside these tests.
final class MartletProcess {
    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()

    struct Outcome {
        let code: Int32
        let output: String
        let complaints: String
    }

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        // Both programs are built into the same directory.
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(filePath: own).deletingLastPathComponent()
            .appending(path: "martlet")
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try MartletProcess(arguments, environment: environment).outcome()
    }

    /// Waits for its end.
    func outcome() throws -> Outcome {
        let output = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try complaints.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            code: process.terminationStatus,
            output: String(decoding: output, as: UTF8.self),
            complaints: String(decoding: complaints, as: UTF8.self)
        )
    }

    /// The line with which a hub says that it serves; nil when it ended instead.
    func announcement() throws -> String? {
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    var isRunning: Bool { process.isRunning }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
