import Glibc
import Reactor

/// Starts servers, each with a directory of its own.
struct Launcher: Sendable {
    /// The hub's binary.
    var binary: String?
    var hubArguments: [String] = []

    func start(_ kind: ServerKind, durability: String = "os") throws(LoadFailure) -> Server {
        let directory = try ScratchDirectory()
        do throws(LoadFailure) {
            switch kind {
            case .hub: return try startHub(durability, directory)
            case .nats: return try startNATS(directory)
            case .nchan: return try startNchan(directory)
            }
        } catch {
            directory.remove()
            throw error
        }
    }

    /// With data that may be there already.
    func startHub(
        _ durability: String,
        _ directory: ScratchDirectory,
        port: UInt16 = 0,
        _ more: [String] = []
    ) throws(LoadFailure) -> Server {
        guard let binary else { throw LoadFailure("The hub's binary is not known: --binary PATH") }
        let arguments = [
            binary, "serve", "--host", "127.0.0.1", "--port", "\(port)", "--data",
            directory.path + "/data", "--durability", durability, "--unlimited",
        ]
        let start = Self.now()
        let process = try ChildProcess.start(
            arguments + more + hubArguments,
            directory: directory.path
        )
        guard let port = Self.waitFor(process, { Self.port(in: process.output) }) else {
            return try Self.giveUp(process, "The hub didn't say where it serves")
        }
        guard Self.waitFor(process, { HealthProbe.isWell(port: port) ? true : nil }) != nil else {
            return try Self.giveUp(process, "The hub isn't well")
        }
        let milliseconds = Double(Self.now() - start) / 1e6
        return Server(
            kind: .hub,
            port: port,
            process: process,
            directory: directory,
            startMilliseconds: milliseconds
        )
    }

    private func startNATS(_ directory: ScratchDirectory) throws(LoadFailure) -> Server {
        let ports = FreePorts.take(2)
        let configuration = """
            listen: "127.0.0.1:\(ports[0])"
            websocket { listen: "127.0.0.1:\(ports[1])", no_tls: true }
            max_connections: 100000
            max_pending: 256MB
            write_deadline: "60s"

            """
        let path = directory.path + "/nats.conf"
        try SystemFile.write(configuration, to: path)
        let process = try ChildProcess.start(
            ["nats-server", "-c", path],
            directory: directory.path
        )
        return try Self.awaitPort(ports[1], process, .nats, directory)
    }

    private func startNchan(_ directory: ScratchDirectory) throws(LoadFailure) -> Server {
        let port = FreePorts.take(1)[0]
        let path = directory.path + "/nginx.conf"
        try SystemFile.write(
            NchanConfiguration.text(port: port, directory: directory.path),
            to: path
        )
        let process = try ChildProcess.start(
            ["nginx", "-p", directory.path, "-c", path, "-e", directory.path + "/errors.log"],
            directory: directory.path
        )
        return try Self.awaitPort(port, process, .nchan, directory)
    }

    private static func awaitPort(
        _ port: UInt16,
        _ process: ChildProcess,
        _ kind: ServerKind,
        _ directory: ScratchDirectory
    ) throws(LoadFailure) -> Server {
        guard waitFor(process, { HealthProbe.isReachable(port: port) ? true : nil }) != nil else {
            return try giveUp(process, "\(kind.rawValue) doesn't listen")
        }
        return Server(kind: kind, port: port, process: process, directory: directory)
    }

    static func giveUp<Value>(
        _ process: ChildProcess,
        _ sentence: String
    ) throws(LoadFailure) -> Value {
        let errors = process.errors.suffix(2000)
        if process.isRunning() { process.killNow() }
        throw LoadFailure("\(sentence): \(errors)")
    }

    /// Looks every millisecond, for twenty seconds and while the process runs.
    static func waitFor<Value>(
        _ process: ChildProcess,
        _ value: () -> Value?
    ) -> Value? {
        let end = now() + 20_000_000_000
        while now() < end {
            if let value = value() { return value }
            guard process.isRunning() else { return nil }
            usleep(1000)
        }
        return nil
    }

    static func now() -> Int64 { MonotonicTime().now().nanoseconds }

    /// From "… serves on http://127.0.0.1:PORT …".
    static func port(in output: String) -> UInt16? {
        for line in output.split(separator: "\n") where line.contains("serves on") {
            guard let range = line.firstRange(of: "http://127.0.0.1:") else { continue }
            return UInt16(line[range.upperBound...].prefix { $0.isNumber })
        }
        return nil
    }
}
