import Gateway
import Glibc
import Hub
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP plane with scripted surroundings, for the time of a test.
struct RunningPlane: Sendable {
    let plane: HTTPPlane
    let performer: ScriptedPerformer
    let door: ScriptedDoor
    let instruments: Instruments
    let health: Health
    let returned: ReturnedSockets

    /// What a test may change.
    struct Settings: Sendable {
        var performer = ScriptedPerformer()
        var door = ScriptedDoor()
        var intake: RecordingIntake?
        var pages: [Page] = []
        var checks: [HealthCheck] = []
        var limits = RunningPlane.quickLimits
        var healthBound = Duration.seconds(2)
        var cluster: (any ClusterDesk)?
    }

    /// The limits with a short sweep, so that short times are kept.
    static var quickLimits: HTTPLimits {
        var limits = HTTPLimits()
        limits.sweepInterval = .milliseconds(20)
        return limits
    }

    /// Starts a plane, runs the test, and shuts it down.
    static func with(
        _ settings: Settings = Settings(),
        _ test: @Sendable (RunningPlane) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let instruments = Instruments(version: "0.0.0-test")
        let health = Health(settings.checks, on: group.next(), bound: settings.healthBound)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let returned = ReturnedSockets()
        let responder = Responder(
            performer: settings.performer,
            door: settings.door,
            roster: ScriptedRoster(),
            intake: settings.intake,
            pages: settings.pages,
            health: health,
            instruments: instruments,
            cluster: settings.cluster,
            limits: settings.limits,
            logger: logger
        )
        let plane = HTTPPlane(responder: responder, group: group, logger: logger) {
            returned.add($0)
        }
        let running = RunningPlane(
            plane: plane,
            performer: settings.performer,
            door: settings.door,
            instruments: instruments,
            health: health,
            returned: returned
        )
        async let run: Void = plane.run()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await test(running))
        } catch {
            outcome = .failure(error)
        }
        await plane.shutdown(grace: .milliseconds(200))
        await run
        try await group.shutdownGracefully()
        try outcome.get()
    }

    /// A client whose other end is with the plane.
    func client(
        firstBytes: [UInt8] = [],
        address: ClientAddress = ClientAddress(text: "127.0.0.1", peer: "127.0.0.1")
    ) throws -> TestSocket {
        let listener = try LoopbackListener()
        let client = try TestSocket(port: listener.port)
        plane.take(try listener.next(), firstBytes: firstBytes, client: address)
        return client
    }

    /// Asks over a connection of its own.
    func ask(_ request: String) async throws -> Reply {
        try await client().ask(request)
    }
}
