import Cluster
import Foundation
import Synchronization
import Testing

/// A redis-server of a test's own: a child process on a free port of loopback, in a folder of its
/// own. It ends with this object, and when the test's process ends in whatever way.
final class RedisServer: Sendable {
    let port: UInt16
    let folder: String
    private let arguments: [String]
    private let state = Mutex(State())

    private struct State {
        /// The server runs as long as this pipe is open.
        var lifeline: Pipe?
        var shell: Process?
    }

    var endpoint: RedisEndpoint { RedisEndpoint(host: "127.0.0.1", port: port) }
    var address: String { "redis://127.0.0.1:\(port)" }

    /// Each option is what would be a line of the configuration: `["appendonly yes"]`.
    init(_ options: [String] = [], port: UInt16? = nil, isSentinel: Bool = false) async throws {
        self.port = port ?? FreePorts.take()
        folder = NSTemporaryDirectory() + "/redis-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var lines = ["bind 127.0.0.1", "dir \(folder)", "logfile \(folder)/log"]
        if !options.contains(where: { $0.hasPrefix("port ") }) { lines.append("port \(self.port)") }
        if !isSentinel { lines += ["save \"\"", "repl-diskless-sync-delay 0"] }
        let configuration = (lines + options).joined(separator: "\n") + "\n"
        try configuration.write(toFile: folder + "/conf", atomically: true, encoding: .utf8)
        arguments = ["redis-server", folder + "/conf"] + (isSentinel ? ["--sentinel"] : [])
        try await start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts it, again after `kill`, and waits until it listens.
    func start() async throws {
        let lifeline = Pipe()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell's own name is the file for the server's process number.
        let script = """
            "$@" >/dev/null 2>&1 &
            echo $! > "$0.tmp"; mv "$0.tmp" "$0"; cat >/dev/null; kill -9 $!
            """
        try? FileManager.default.removeItem(atPath: folder + "/pid")
        shell.arguments = ["-c", script, folder + "/pid"] + arguments
        shell.standardInput = lifeline
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        state.withLock { $0 = State(lifeline: lifeline, shell: shell) }
        try await eventually("redis-server does not listen on \(port): see \(folder)/log") {
            isListening
        }
    }

    var isListening: Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private var pid: pid_t? {
        let text = try? String(contentsOfFile: folder + "/pid", encoding: .utf8)
        return text.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private func signal(_ number: Int32) {
        if let pid { _ = Glibc.kill(pid, number) }
    }

    /// kill -9, unless it is dead already: its number may be another's by now.
    func kill() {
        state.withLock { state in
            guard let lifeline = state.lifeline else { return }
            signal(SIGKILL)
            try? lifeline.fileHandleForWriting.close()
            state = State()
        }
    }

    /// It lives on, and does nothing.
    func freeze() { signal(SIGSTOP) }
    func thaw() { signal(SIGCONT) }

    /// What redis-cli says.
    @discardableResult
    func cli(_ words: String...) async throws -> String {
        try await ShellTool.run(
            ["redis-cli", "-p", "\(port)", "--no-auth-warning"] + words,
            mayFail: true
        ).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
