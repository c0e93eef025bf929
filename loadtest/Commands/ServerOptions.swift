import ArgumentParser

/// Which server is put under load.
struct ServerOptions: ParsableArguments {
    @Option(help: "The hub's binary: a fresh hub with fresh data is started.")
    var binary: String?

    @Option(help: "The port on loopback of a server that runs already, instead.")
    var port: UInt16?

    @Option(help: "That server's process number, to tell what it uses.")
    var pid: Int32?

    @Option(help: "An argument for the hub that is started; may be given several times.")
    var hubArgument: [String] = []

    var launcher: Launcher { Launcher(binary: binary, hubArguments: hubArgument) }

    func start(
        _ kind: ServerKind = .hub,
        durability: String = "os"
    ) throws(LoadFailure) -> Server {
        guard let port else { return try launcher.start(kind, durability: durability) }
        let process = pid.map { ChildProcess(number: $0, outputPath: "", errorPath: "") }
        return Server(kind: kind, port: port, process: process, directory: nil)
    }

    /// A server that was started here is stopped; somebody else's goes on.
    func stop(_ server: Server) {
        if port == nil { server.stop() }
    }
}
