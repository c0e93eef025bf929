import Foundation
import Glibc
import Hub
import Logging
import NIOCore
import NIOPosix

@testable import Gateway
@testable import Reactor

/// A whole hub in this process, on real sockets, with a journal in memory.
final class HubUnderTest: Sendable {
    /// What a test may change.
    struct Settings: Sendable {
        var admission = HubUnderTest.openAdmission
        var links = LinkSettings()
        var entrance = EntranceSettings()
        var topics = TopicSettings()
        /// One, where a test needs two connections on the same loop.
        var loops = 2
        var tls: TLSContext?
        /// Listens there instead of on a port.
        var unixPath: String?
        var journal: any Journal = InMemoryJournal()
        /// Knows what the test has put into it, and nothing of the journal.
        var archive: any ChatArchive = InMemoryChatArchive(now: { Timestamp.now() })
    }

    let address: Reactor.SocketAddress
    let journal: any Journal
    let admission: Admission
    let router: Router
    let entrance: Entrance
    let instruments = Instruments(version: "test")
    let loops: Reactor.EventLoopGroup
    private let plane: HTTPPlane
    private let threads: MultiThreadedEventLoopGroup
    private let listener: Listener

    /// Lets guests in and counts nothing.
    static var openAdmission: AdmissionSettings {
        var settings = AdmissionSettings()
        settings.isUnlimited = true
        return settings
    }

    static let secret = "a secret of the tests that has more than thirty-two bytes"

    /// Wants tokens signed with `secret`.
    static var keyedAdmission: AdmissionSettings {
        var settings = openAdmission
        settings.secrets = [Secret(secret)]
        return settings
    }

    /// Starts a hub, runs the test on a thread of its own, and stops the hub.
    static func with(
        _ settings: Settings = Settings(),
        _ test: @escaping @Sendable (HubUnderTest) throws -> Void
    ) async throws {
        let hub = try await HubUnderTest(settings)
        async let web: Void = hub.plane.run()
        let outcome: Result<Void, any Error>
        do {
            try await onOwnThread { try test(hub) }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await hub.stop()
        await web
        try outcome.get()
    }

    private init(_ settings: Settings) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        journal = settings.journal
        admission = try await Admission(settings.admission, logger: logger)
        loops = Reactor.EventLoopGroup(loops: settings.loops)
        router = Router(
            lanes: loops.loops,
            surroundings: Surroundings(
                journal: journal,
                ids: RecordIDs(),
                now: { Timestamp.now() },
                settings: settings.topics
            ),
            archive: settings.archive,
            logger: logger
        )
        let gateway = GatewayServices(
            router: router,
            admission: admission,
            instruments: instruments,
            settings: settings.links,
            now: { Timestamp.now() },
            logger: logger
        )
        let entrance = Entrance(group: loops, gateway: gateway, settings: settings.entrance)
        self.entrance = entrance
        threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        plane = HTTPPlane(
            responder: Responder(
                performer: router,
                door: admission,
                roster: ScriptedRoster(),
                pages: [],
                health: Health([], on: threads.next()),
                instruments: instruments,
                logger: logger
            ),
            group: threads,
            logger: logger
        ) { entrance.take(back: $0) }
        entrance.serve(http: plane)
        _ = admission.observe { [weak entrance] change in
            switch change {
            case .revoked(let revocation): entrance?.revoke { revocation.covers($0) }
            }
        }
        loops.start()
        let wanted = settings.unixPath.flatMap { Reactor.SocketAddress(path: $0) }
        listener = try Listener(
            on: wanted ?? .loopback(port: 0),
            group: loops,
            tls: settings.tls
        ) { entrance.accept($0) }
        address = listener.address
    }

    private func stop() async {
        listener.close()
        await plane.shutdown(grace: .milliseconds(100))
        loops.stop()
        try? await onOwnThread { [loops] in loops.join() }
        try? await threads.shutdownGracefully()
    }

    /// A token that the hub's keys accept.
    static func token(_ user: String, _ extra: [JSON.Member] = [], lifetime: Int64 = 600) -> String
    {
        let now = Timestamp.now().milliseconds / 1_000
        var claims: [JSON.Member] = [
            .init("sub", .string(user)), .init("iat", .int(now)),
            .init("exp", .int(now + lifetime)),
        ]
        claims += extra
        return (try? Minter.hmac(secret).token(.object(claims))) ?? ""
    }

    /// Makes the loops believe that a write takes so long. It stays so while nobody tells many.
    func setWriteDuration(_ duration: Duration) {
        for loop in loops.loops { loop.submit { loop.writeDuration = duration } }
    }

    /// Waits until the condition holds; false when it never did.
    func settles(_ condition: () -> Bool) -> Bool {
        for _ in 0..<6_000 {
            if condition() { return true }
            usleep(10_000)
        }
        return false
    }
}
