import Cluster
import Foundation
import Gateway
import Hub
import Logging
import Reactor
import Storage
import Synchronization

/// What a hub has when it is a node of a cluster: its link to Redis, its place among the nodes, and
/// the journal that all of them share.
final class ClusterLink: Sendable {
    /// How long Redis is waited for at the start.
    private static let patience: Duration = .seconds(30)
    private static let secretBytesMinimum = 32

    let client: RedisClient
    let registry: NodeRegistry
    let journal: ClusterJournal
    let secret: Secret
    let exchange: any ReplicaExchange
    /// The other nodes.
    let neighbours: NeighbourCopies
    /// Makes the versions that this node's log can make, for itself and others.
    let versions: VersionMaker
    /// Gets those that it can't, after its copy was completed.
    private let fetching: VersionFetching
    let bus: RedisBus
    /// Who looks for what is due.
    let sweeping: WorkLease
    /// Who scrapes: samples that all nodes fetched would be there several times.
    let scraping: WorkLease
    /// Where this node's samples go, and those of the others are.
    let shards: ShardPlaces
    private let revocations: RevocationBulletin
    private let loops: EventLoopGroup
    private let router: Weak
    private let logger: Logger

    /// Connects, takes the node's name and number; what is appended waits until `run`.
    static func start(
        _ settings: Settings.ClusterSettings,
        _ place: RedisPlace,
        store: Store,
        ids: RecordIDs,
        admission: Admission,
        logger: Logger
    ) async throws(Failure) -> ClusterLink {
        guard let name = settings.node ?? NodeName(ProcessInfo.processInfo.hostName) else {
            throw Failure(
                .configuration,
                "cluster.node: the host's name is none that a node can have; give it one."
            )
        }
        let loops = EventLoopGroup(loops: 1)
        loops.start()
        do throws(Failure) {
            let link = try await ClusterLink(
                settings,
                place,
                name,
                store,
                ids,
                admission,
                loops,
                logger
            )
            // Before anyone comes in.
            await link.revocations.look()
            return link
        } catch {
            loops.stop()
            loops.join()
            throw error
        }
    }

    private init(
        _ settings: Settings.ClusterSettings,
        _ place: RedisPlace,
        _ name: NodeName,
        _ store: Store,
        _ ids: RecordIDs,
        _ admission: Admission,
        _ loops: EventLoopGroup,
        _ logger: Logger
    ) async throws(Failure) {
        self.loops = loops
        self.logger = logger
        var redis = RedisSettings(address: place.address)
        redis.clientName = "martlet-\(name)"
        redis.probePrefix = "\(settings.prefix):probe:"
        if !settings.trust.isEmpty { redis.tls.trust = .file(settings.trust) }
        do throws(TLSError) {
            client = try RedisClient(redis, on: loops[0], logger: logger)
        } catch {
            throw Failure(.configuration, "cluster.redis: \(error).")
        }
        let shards = ShardPlaces()
        self.shards = shards
        registry = Self.registry(settings, name, client, logger) { number in
            ids.renumber(Int64(number))
            shards.own = number
        }
        var logSettings = RedisLog.Settings()
        logSettings.prefix = settings.prefix
        logSettings.entriesKept = settings.kept
        secret = settings.secret
        exchange = store.replica
        neighbours = NeighbourCopies(registry, secret: settings.secret, logger: logger)
        versions = VersionMaker(store.journal, store.documents)
        let fetching = VersionFetching(
            VersionMaker(store.journal, store.documents, source: neighbours),
            logger: logger
        )
        self.fetching = fetching
        let router = Weak()
        self.router = router
        bus = Self.bus(settings, client, registry, router, logger)
        sweeping = Self.lease("sweeping", settings, client, registry)
        scraping = Self.lease("scraping", settings, client, registry)
        revocations = RevocationBulletin(
            admission,
            client: client,
            prefix: settings.prefix,
            logger: logger
        )
        do throws(JournalError) {
            journal = try await ClusterJournal(
                node: name.description,
                log: RedisLog(client, settings: logSettings, logger: logger),
                local: store.journal,
                replica: store.replica,
                logger: logger,
                absorb: { router.router?.absorb($0, in: $1) },
                reload: { router.router?.reload($0) },
                completion: settings.secret.bytes.isEmpty
                    ? nil
                    : PartitionCompletion(store.replica, from: neighbours) { fetching.note($0) }
            )
            try await shards.find(in: journal)
        } catch {
            throw Failure(error)
        }
        try await enter(place)
    }

    private static func registry(
        _ settings: Settings.ClusterSettings,
        _ name: NodeName,
        _ client: RedisClient,
        _ logger: Logger,
        onNumber: @escaping @Sendable (Int) -> Void
    ) -> NodeRegistry {
        var registrySettings = NodeRegistry.Settings()
        registrySettings.prefix = settings.prefix
        return NodeRegistry(
            name,
            address: settings.advertise,
            client: client,
            settings: registrySettings,
            logger: logger,
            onChange: { _ in },
            onNumber: onNumber
        )
    }

    private static func lease(
        _ name: String,
        _ settings: Settings.ClusterSettings,
        _ client: RedisClient,
        _ registry: NodeRegistry
    ) -> WorkLease {
        WorkLease(name, client: client, prefix: settings.prefix, holder: registry.incarnation)
    }

    private static func bus(
        _ settings: Settings.ClusterSettings,
        _ client: RedisClient,
        _ registry: NodeRegistry,
        _ router: Weak,
        _ logger: Logger
    ) -> RedisBus {
        var busSettings = RedisBus.Settings()
        busSettings.prefix = settings.prefix
        return RedisBus(
            client,
            incarnation: registry.incarnation,
            settings: busSettings,
            logger: logger,
            nodes: { registry.census },
            listener: RedisBus.Listener(
                hear: { router.router?.hear($0, of: $1, from: $2) },
                news: { router.router?.hear($0, in: $1) }
            )
        )
    }

    /// Whom records and messages of other nodes are told.
    func tell(_ router: Router) {
        self.router.set(router)
        bus.start()
    }

    private func enter(_ place: RedisPlace) async throws(Failure) {
        let end = ContinuousClock.now + Self.patience
        while true {
            do throws(RedisError) {
                return try await registry.enter()
            } catch {
                guard ContinuousClock.now < end else {
                    client.close()
                    throw Failure(.temporary, "cluster.redis: \(place) can't be used: \(error).")
                }
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Follows the log until the task is cancelled, or another process has taken the node's name.
    func run(onUsurped: @escaping @Sendable () -> Void) async {
        for warning in await client.settingsWarnings() {
            logger.warning("Redis may lose what it is given: \(warning)")
        }
        if secret.bytes.count < Self.secretBytesMinimum {
            logger.warning(
                """
                cluster.secret has under \(Self.secretBytesMinimum) bytes or is missing: what a \
                node lacks it can't be given by the others.
                """
            )
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.journal.run() }
            group.addTask { await self.revocations.run() }
            group.addTask { await self.fetching.run() }
            group.addTask {
                if await self.registry.run() {
                    self.logger.critical("Another process has taken this node's name.")
                    onUsurped()
                }
            }
        }
    }

    func close() async {
        bus.stop()
        await sweeping.giveBack()
        await scraping.giveBack()
        await registry.leave()
        client.close()
        loops.stop()
        loops.join()
    }

    /// The router is made after the journal that tells it.
    private final class Weak: Sendable {
        private struct Reference: Sendable { weak var router: Router? }

        private let reference = Mutex(Reference())

        var router: Router? { reference.withLock { $0.router } }

        func set(_ router: Router) { reference.withLock { $0.router = router } }
    }
}
