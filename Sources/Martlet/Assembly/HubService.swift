import ServiceLifecycle

/// The assembly as a service: drains when the group shuts down.
struct HubService: Service {
    let assembly: Assembly
    private let stopping = OneTimeWork()
    private let beginning: AsyncStream<Never>
    private let begin: AsyncStream<Never>.Continuation

    init(assembly: Assembly) {
        self.assembly = assembly
        (beginning, begin) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            begin.finish()
            await assembly.run()
            // The plane has ended by the time the drain has; the rest of the stop is waited for.
            await stopping.value
        } onGracefulShutdown: {
            stopping.begin { [assembly] in await assembly.stop() }
        }
    }

    /// Returns once it runs: a group that is told to shut down before that fails to start.
    func begun() async {
        for await _ in beginning {}
    }
}
