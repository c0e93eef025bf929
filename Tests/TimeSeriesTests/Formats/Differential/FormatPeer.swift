import Foundation
import Glibc

/// cramjam and prometheus_client in a process of their own, asked by lines of JSON.
final class FormatPeer {
    struct Failure: Error {
        let reason: String
    }

    /// The Python that has the packages of `requirements.txt`; without it these tests are skipped.
    static let python = ProcessInfo.processInfo.environment["TEST_PYTHON"]

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []

    /// No answer takes longer than this, whatever else the machine does.
    private static let secondsForAnswer = 60.0

    init() throws {
        let driver = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "drivers/formats-driver.py")
        process.executableURL = URL(filePath: Self.python ?? "python3")
        process.arguments = [driver.path()]
        var environment = ProcessInfo.processInfo.environment
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        process.environment = environment
        process.standardInput = input
        process.standardOutput = output
        signal(SIGPIPE, SIG_IGN)
        try process.run()
    }

    deinit {
        try? input.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    /// The answers to these commands, in their order.
    func ask(_ commands: [PeerCommand]) throws -> [PeerAnswer] {
        let line = try JSONEncoder().encode(commands) + [0x0A]
        // The driver reads a line whole before it answers, so writing never waits for reading.
        try input.fileHandleForWriting.write(contentsOf: line)
        let answers = try JSONDecoder().decode([PeerAnswer].self, from: Data(try readLine()))
        guard answers.count == commands.count else { throw Failure(reason: "an answer is lost") }
        return answers
    }

    private func readLine() throws -> [UInt8] {
        let deadline = Date().addingTimeInterval(Self.secondsForAnswer)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var searched = 0
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { buffer.removeFirst(end + 1) }
                return Array(buffer[..<end])
            }
            searched = buffer.count
            let left = deadline.timeIntervalSinceNow
            guard left > 0 else { throw Failure(reason: "the peer takes too long to answer") }
            let descriptor = output.fileHandleForReading.fileDescriptor
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(left * 1000)) > 0 else { continue }
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { throw Failure(reason: "the peer ended") }
            buffer += chunk[..<count]
        }
    }

    /// Asks a peer on a thread of its own: the tests' tasks have only a few.
    static func asked<Value: Sendable>(
        _ body: @escaping @Sendable (FormatPeer) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(with: Result { try body(try FormatPeer()) })
            }
            thread.stackSize = 4 << 20
            thread.start()
        }
    }
}
