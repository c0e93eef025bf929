import Glibc

/// The server that comes with y-websocket, as Debian packages it. It keeps documents in memory.
enum YWebSocketPeer {
    private static let program = "/usr/share/nodejs/y-websocket/bin/server.js"

    static var isInstalled: Bool { access(program, R_OK) == 0 }

    static func start() throws(LoadFailure) -> Server {
        let directory = try ScratchDirectory()
        let port = FreePorts.take(1)[0]
        let process = try ChildProcess.start(
            [
                "env", "HOST=127.0.0.1", "PORT=\(port)", "NODE_PATH=/usr/share/nodejs", "node",
                program,
            ],
            directory: directory.path
        )
        for _ in 0..<5000 {
            if HealthProbe.isReachable(port: port) {
                return Server(kind: .hub, port: port, process: process, directory: directory)
            }
            guard process.isRunning() else { break }
            usleep(2000)
        }
        let errors = process.errors.suffix(1000)
        if process.isRunning() { process.killNow() }
        directory.remove()
        throw LoadFailure("y-websocket's server doesn't listen: \(errors)")
    }
}
