import Cluster
import Gateway
import Hub
import Logging
import Reactor
import Storage

/// The parts that may fail, each failure with its exit code.
extension Assembly {
    static func open(_ settings: Settings.StoreSettings) throws(Failure) -> Store {
        do throws(StorageError) {
            return try Store.open(directory: settings.directory, durability: settings.durability)
        } catch {
            throw Failure(error)
        }
    }

    /// Ids that come after all that are stored.
    static func ids(_ store: Store) async throws(Failure) -> RecordIDs {
        do throws(JournalError) {
            return RecordIDs(after: try await store.journal.newestRecordID())
        } catch {
            throw Failure(error)
        }
    }

    static func router(
        _ settings: Settings,
        _ store: Store,
        _ ids: RecordIDs,
        _ link: ClusterLink?,
        _ loops: Reactor.EventLoopGroup,
        _ instruments: Instruments,
        _ logger: Logger
    ) -> Router {
        var topics = settings.topics
        topics.isShared = link != nil
        let journal: any Journal = link?.journal ?? store.journal
        return Router(
            lanes: loops.loops,
            surroundings: Surroundings(
                journal: MeasuredJournal(journal: journal, instruments: instruments),
                ids: ids,
                now: clock(link),
                settings: topics,
                observer: instruments.topicObserver,
                peers: link?.bus
            ),
            archive: store.archive,
            documents: store.documents,
            versions: link?.neighbours,
            streams: StreamSurroundings(
                archive: store.metrics,
                retention: settings.metrics.retention,
                places: link?.shards ?? ShardPlaces()
            ),
            orders: store.orders,
            checkouts: CheckoutDesk(settings: settings.checkouts),
            stock: store.stock,
            products: store.products,
            logger: logger
        )
    }

    /// The nodes of a cluster tell the time by Redis's clock: holds and bans end on all of them at
    /// once.
    private static func clock(_ link: ClusterLink?) -> @Sendable () -> Timestamp {
        guard let registry = link?.registry else { return { Timestamp.now() } }
        return {
            let now = Timestamp.now().milliseconds
            return Timestamp(milliseconds: now + registry.clockOffset.milliseconds)
        }
    }

    static func gateway(
        _ settings: Settings,
        _ router: Router,
        _ admission: Admission,
        _ instruments: Instruments,
        _ logger: Logger
    ) -> GatewayServices {
        GatewayServices(
            router: router,
            admission: admission,
            instruments: instruments,
            settings: settings.links,
            now: { Timestamp.now() },
            logger: logger
        )
    }

    static func link(
        _ settings: Settings,
        _ store: Store,
        _ ids: RecordIDs,
        _ admission: Admission,
        _ logger: Logger
    ) async throws(Failure) -> ClusterLink? {
        guard let place = settings.cluster.redis else { return nil }
        return try await ClusterLink.start(
            settings.cluster,
            place,
            store: store,
            ids: ids,
            admission: admission,
            logger: logger
        )
    }

    static func admit(
        _ settings: AdmissionSettings,
        _ logger: Logger
    ) async throws(Failure) -> Admission {
        do throws(AdmissionError) {
            return try await Admission(settings, logger: logger)
        } catch {
            throw Failure(.configuration, "\(error).")
        }
    }

    static func certificate(
        _ settings: Settings.Listening
    ) throws(Failure) -> TLSContext? {
        guard settings.isTLS else { return nil }
        do throws(TLSError) {
            return try TLSContext.server(certificates: settings.certificate, key: settings.key)
        } catch {
            throw Failure(.configuration, "tls: \(error).")
        }
    }
}

extension Failure {
    /// What is wrong with the data directory.
    init(_ error: StorageError) {
        let code: Code =
            switch error {
            case .locked: .temporary
            case .newerSchema, .notADatabase, .corrupt, .malformed: .data
            case .readOnly: .noPermission
            case .full: .io
            case .missing: .noInput
            case .exists: .cannotCreate
            case .failed: .software
            }
        self.init(code, error.description)
    }
}

extension Failure {
    /// What is wrong with the journal.
    init(_ error: JournalError) {
        let code: Code =
            switch error {
            case .corrupt: .data
            case .full: .io
            case .unavailable: .temporary
            case .conflict, .repeated: .software
            }
        self.init(code, "The journal can't be read: \(error).")
    }
}
