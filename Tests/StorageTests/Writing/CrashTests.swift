import Dispatch
import Foundation
import Hub
import Storage
import Testing

/// What was acknowledged is there after the process was killed.
@Suite(.serialized) struct CrashTests {
    @Test(
        "After kill -9 every acknowledged record is there once, in order and without a gap",
        arguments: [1, 40, 300]
    )
    func kill(acknowledgements: Int) async throws {
        let scratch = try Scratch()
        var acknowledged: [String] = []
        for _ in 0..<2 {
            acknowledged += try await Self.onThread {
                try Self.output(killedAfter: acknowledgements, in: scratch.path("data"))
            }
        }
        let store = try Store.open(directory: scratch.path("data"))
        var stored: Set<String> = []
        for writer in 0..<4 {
            let topic = try TopicID(.user, "crash-\(writer)")
            let records = try await store.journal.read(topic, after: 0, limit: 10_000_000)
            #expect(records.map(\.offset) == (0..<records.count).map { Offset($0 + 1) })
            #expect(Set(records.map(\.id)).count == records.count)
            stored.formUnion(records.map { "\(topic) \($0.offset) \($0.id)" })
        }
        #expect(acknowledged.count >= acknowledgements)
        #expect(Set(acknowledged).subtracting(stored).isEmpty)
        #expect(Set(acknowledged).count == acknowledged.count)
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("A directory that may not be written is refused in a sentence")
    func readOnly() async throws {
        let scratch = try Scratch()
        let directory = scratch.path("locked")
        let manager = FileManager.default
        try manager.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: directory)
        let said = try await Self.onThread {
            let (process, output) = try Self.start(["open", directory])
            process.waitUntilExit()
            return String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
        }
        #expect(said == "\(StorageError.readOnly(path: directory))\n")
    }

    /// What the process said until it was killed: at least that many lines.
    private static func output(killedAfter lines: Int, in directory: String) throws -> [String] {
        let (process, output) = try start(["write", directory])
        var said = Data()
        while said.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
            let piece = output.availableData
            if piece.isEmpty { break }
            said += piece
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        said += output.readDataToEndOfFile()
        process.waitUntilExit()
        // A last line that was cut off was not told to anyone.
        return String(decoding: said, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .filter { !$0.isEmpty }.map(String.init)
    }

    /// Waiting for a process must not hold up the threads that all tests share.
    private static func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
        }
    }

    private static func start(_ arguments: [String]) throws -> (Process, FileHandle) {
        let process = Process()
        let pipe = Pipe()
        // Executables are built beside the bundle that runs the tests.
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
            .appendingPathComponent("CrashingWriter")
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        return (process, pipe.fileHandleForReading)
    }
}
