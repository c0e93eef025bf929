import Foundation
import Glibc
import Testing

/// Another implementation in a process of its own, asked by lines of JSON: one request at a time.
final class Peer {
    enum Kind: CaseIterable, CustomTestStringConvertible {
        case yjs
        case pycrdt

        var testDescription: String { "\(self)" }
        var isYjs: Bool { self == .yjs }
    }

    let kind: Kind
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []

    /// No answer takes longer than this, whatever else the machine does.
    private static let secondsForAnswer = 60.0

    init(_ kind: Kind) throws {
        self.kind = kind
        let drivers = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "drivers")
        process.executableURL = URL(filePath: "/usr/bin/env")
        switch kind {
        case .yjs: process.arguments = ["node", drivers.appending(path: "yjs-driver.mjs").path()]
        case .pycrdt:
            let driver = drivers.appending(path: "pycrdt-driver.py").path()
            process.arguments = [Self.python(), driver]
        }
        var environment = ProcessInfo.processInfo.environment
        environment["NODE_PATH"] = environment["NODE_PATH"] ?? "/usr/share/nodejs"
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        process.environment = environment
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        do {
            _ = try ask("[]")
        } catch {
            end()
            throw PeerFailure(Self.advice(for: kind))
        }
    }

    deinit {
        end()
    }

    private func end() {
        try? input.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    /// The virtual environment of the tests, or what the variable names.
    private static func python() -> String {
        if let chosen = ProcessInfo.processInfo.environment["TEST_PYTHON"] { return chosen }
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: ".build-tests/venv/bin/python").path()
    }

    private static func advice(for kind: Kind) -> String {
        switch kind {
        case .yjs:
            "Yjs does not answer: apt-get install nodejs node-yjs node-lib0, or run `make test`"
        case .pycrdt:
            """
            pycrdt does not answer: python3 -m venv .build-tests/venv, then \
            .build-tests/venv/bin/python -m pip install -r Tests/CRDTTests/requirements.txt, \
            or run `make test`, or name another Python in TEST_PYTHON
            """
        }
    }

    /// The answers to these commands, in their order.
    func ask(_ commands: [String]) throws -> [PeerAnswer] {
        let line = try ask("[" + commands.joined(separator: ",") + "]")
        let answers = try JSONDecoder().decode([PeerAnswer].self, from: Data(line))
        guard answers.count == commands.count else { throw PeerFailure("\(kind) lost an answer") }
        return answers
    }

    private func ask(_ line: String) throws -> [UInt8] {
        // The driver reads a line whole before it answers, so writing never waits for reading.
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
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
            guard left > 0 else { throw PeerFailure("\(kind) takes too long to answer") }
            let descriptor = output.fileHandleForReading.fileDescriptor
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(left * 1000)) > 0 else { continue }
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { throw PeerFailure("\(kind) ended") }
            buffer += chunk[..<count]
        }
    }
}
