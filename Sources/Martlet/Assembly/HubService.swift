import ServiceLifecycle

/// The assembly as a service: drains when the group shuts down.
struct HubService: Service {
    let assembly: Assembly

    func run() async throws {
        await withGracefulShutdownHandler {
            await assembly.run()
            // The plane has ended by the time the drain has; the rest of the stop is waited for.
            await stopping.value
        } onGracefulShutdown: {
            stopping.begin { [assembly] in await assembly.stop() }
        }
    }

    private let stopping = OneTimeWork()

    init(assembly: Assembly) {
        self.assembly = assembly
    }
}
