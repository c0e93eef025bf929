import Foundation
import Gateway
import Hub
import Logging
import NIOCore
import NIOPosix
import Reactor
import Storage

/// A running hub, put together from its settings: in the order in which one thing needs another,
/// and taken apart in the opposite one.
final class Assembly: Sendable {
    /// Where it can be reached, the port that was taken included.
    let addresses: [Reactor.SocketAddress]
    let settings: Settings
    private let store: Store
    private let link: ClusterLink?
    private let loops: Reactor.EventLoopGroup
    private let admission: Admission
    private let entrance: Entrance
    private let plane: HTTPPlane
    /// The HTTP plane's; the loops above are the reactor's.
    private let threads: MultiThreadedEventLoopGroup
    private let listeners: [Listener]
    private let certificate: TLSContext?
    private let logger: Logger
    private let upkeep: Upkeep
    private let following = EndableWork()

    /// Opens the store, listens, and serves when it returns.
    static func start(
        _ settings: Settings,
        logger: Logger
    ) async throws(Failure) -> Assembly {
        let places = try ListeningPlaces.find(settings)
        let certificate = try certificate(settings.listening)
        let store = try open(settings.store)
        do throws(Failure) {
            let admission = try await admit(settings.admission, logger)
            let ids = try await ids(store)
            let link = try await link(settings, store, ids, admission, logger)
            do throws(Failure) {
                return try Assembly(
                    settings,
                    places,
                    certificate,
                    store,
                    ids,
                    link,
                    admission,
                    logger
                )
            } catch {
                await link?.close()
                throw error
            }
        } catch {
            await store.close()
            throw error
        }
    }

    private init(
        _ settings: Settings,
        _ places: ListeningPlaces,
        _ certificate: TLSContext?,
        _ store: Store,
        _ ids: RecordIDs,
        _ link: ClusterLink?,
        _ admission: Admission,
        _ logger: Logger
    ) throws(Failure) {
        self.settings = settings
        self.store = store
        self.link = link
        self.admission = admission
        self.certificate = certificate
        self.logger = logger
        loops = Reactor.EventLoopGroup(loops: settings.loops)
        let instruments = Instruments(version: Version.text)
        let router = Self.router(settings, store, ids, link, loops, instruments, logger)
        link?.tell(router)
        let gateway = Self.gateway(settings, router, admission, instruments, logger)
        let entrance = Entrance(group: loops, gateway: gateway, settings: settings.entrance)
        self.entrance = entrance
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: settings.loops)
        self.threads = threads
        let responder = Responder(
            performer: router,
            door: admission,
            roster: entrance,
            intake: StreamIntake(router: router),
            pages: Self.pages(settings.pages),
            health: Health(HealthChecks.all(store, link), on: threads.next()),
            instruments: instruments,
            metrics: router.metrics,
            cluster: link,
            now: { Timestamp.now() },
            limits: settings.http,
            logger: logger
        )
        plane = HTTPPlane(responder: responder, group: threads, logger: logger) { socket in
            entrance.take(back: socket)
        }
        entrance.serve(http: plane)
        upkeep = Upkeep(
            router: router,
            admission: admission,
            entrance: entrance,
            loops: loops,
            metering: Metering(settings, router, instruments, threads, link, logger),
            link: link
        )
        loops.start()
        instruments.observe(loops)
        do throws(Failure) {
            listeners = try places.listen(on: loops, tls: certificate, probing: threads) {
                entrance.accept($0)
            }
        } catch {
            loops.stop()
            loops.join()
            threads.shutdownGracefully { _ in }
            throw error
        }
        addresses = listeners.map(\.address)
    }

    /// Those in the binary, and what they need of what is installed.
    private static func pages(_ settings: Settings.PageSettings) -> [Page] {
        EmbeddedPages.all + YjsModules.pages(in: settings.modules)
            + ChartLibrary.pages(in: settings.charts)
    }

    /// Does what has to be done while it serves, until it is stopped.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.plane.run() }
            group.addTask { await self.upkeep.run() }
            if let link = self.link {
                group.addTask { await self.follow(link) }
            }
        }
    }

    /// Asks clients to move, finishes what is under way, and closes the store. Nothing that was
    /// acknowledged is lost by it, or without it.
    func stop() async {
        for listener in listeners { listener.close() }
        upkeep.stop()
        async let web: Void = plane.shutdown()
        await entrance.drain(over: settings.drainWindow)
        await web
        // Who waited for a loop that has stopped would do so for ever.
        await upkeep.ended()
        following.end()
        await link?.close()
        await store.close()
        loops.stop()
        loops.join()
        try? await threads.shutdownGracefully()
    }

    /// A node whose name another process has taken must not go on: it ends as if it were killed,
    /// and has lost nothing that was acknowledged.
    private func follow(_ link: ClusterLink) async {
        await following.run { await link.run { exit(75) } }
    }

    /// Reads certificate and keys again; what can't be used leaves the old ones in force.
    func reload(_ fresh: Settings) async {
        do throws(TLSError) {
            try certificate?.reload()
        } catch {
            logger.error("The certificate was not reloaded.", metadata: ["error": "\(error)"])
        }
        do throws(AdmissionError) {
            try await admission.replaceKeys(with: fresh.admission)
            try await admission.refreshKeys()
        } catch {
            logger.error("The keys were not reloaded.", metadata: ["error": "\(error)"])
        }
        logger.notice("Certificate and keys were read again.")
    }
}
