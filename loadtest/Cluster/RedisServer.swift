/// One `redis-server` on loopback, which writes what it has to its append-only file each second.
struct RedisServer: Sendable {
    let port: UInt16
    let process: ChildProcess
    private let directory: ScratchDirectory

    static var isInstalled: Bool {
        ServerKind.isInPath("redis-server") && ServerKind.isInPath("redis-cli")
    }

    static func start(
        port: UInt16 = FreePorts.take(1)[0],
        _ more: [String] = []
    ) throws(LoadFailure) -> RedisServer {
        let directory = try ScratchDirectory()
        let arguments = [
            "redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--dir", directory.path,
            "--save", "", "--appendonly", "yes", "--repl-diskless-sync-delay", "0",
        ]
        let process = try ChildProcess.start(arguments + more, directory: directory.path)
        let server = RedisServer(port: port, process: process, directory: directory)
        guard
            Launcher.waitFor(process, { HealthProbe.isReachable(port: port) ? true : nil }) != nil
        else { return try Launcher.giveUp(process, "redis-server doesn't listen") }
        return server
    }

    /// What `redis-cli` prints to a command; empty when the server is away.
    func ask(_ words: String...) -> String {
        let arguments = ["redis-cli", "-p", "\(port)"] + words
        guard let client = try? ChildProcess.start(arguments, directory: directory.path, "cli-")
        else { return "" }
        return Launcher.waitFor(client, { nil as Bool? }) == nil ? client.output : ""
    }

    func stop() {
        if process.isRunning() { process.killNow() }
        directory.remove()
    }
}
