import ArgumentParser

/// `martlet-load crowd`: what `bench` starts several of, since a process may hold so many files.
struct CrowdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crowd",
        abstract: "Members that join their rooms and wait for one message each.",
        shouldDisplay: false
    )

    @Option(help: "The hub's port on loopback.")
    var port: UInt16

    @Option(help: "The members.")
    var members: Int

    @Option(help: "The rooms they are spread over.")
    var rooms: Int

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        let worker = CrowdWorker(on: client.loop, port: port, members: members, rooms: rooms)
        try await worker.run()
    }
}
