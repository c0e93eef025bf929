import Hub
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TimeSeries

/// Takes StatsD over UDP, and writes samples of what it gathered at each flush.
///
/// StatsD knows no tokens, so it is listened to on this machine only.
package final class StatsDListener: Sendable {
    package enum Failure: Error, CustomStringConvertible {
        case notLoopback
        case cannotListen(String)

        package var description: String {
            switch self {
            case .notLoopback: "StatsD is listened to on this machine only"
            case .cannotListen(let reason): "StatsD can't be listened to: \(reason)"
            }
        }
    }

    private let aggregator: Mutex<StatsDAggregator>
    private let intake: any SampleIntake
    private let instruments: IngestInstruments
    private let interval: Duration
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let channel = Mutex<(any Channel)?>(nil)

    package init(
        interval: Duration = .seconds(10),
        intake: any SampleIntake,
        instruments: IngestInstruments,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        limits: StatsDLimits = StatsDLimits()
    ) {
        aggregator = Mutex(StatsDAggregator(limits: limits))
        self.interval = interval
        self.intake = intake
        self.instruments = instruments
        self.now = now
        self.logger = logger
    }

    /// Listens from here on. The port of the answer is the one that was taken.
    package func bind(
        host: String,
        port: Int,
        on group: any EventLoopGroup
    ) async throws(Failure) -> Int {
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port),
            Self.isLoopback(address)
        else { throw .notLoopback }
        do {
            let channel = try await DatagramBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            StatsDHandler { [weak self] in self?.take($0) }
                        )
                    }
                }
                .bind(to: address).get()
            self.channel.withLock { $0 = channel }
            return channel.localAddress?.port ?? port
        } catch {
            throw .cannotListen("\(error)")
        }
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4: address.ipAddress?.hasPrefix("127.") == true
        case .v6: address.ipAddress == "::1"
        case .unixDomainSocket: false
        }
    }

    package func take(_ packet: [UInt8]) {
        let parsed = StatsDParser.parse(packet)
        instruments.statsDLines["taken"].add(parsed.metrics.count)
        instruments.statsDLines["malformed"].add(parsed.malformed)
        aggregator.withLock { aggregator in
            for metric in parsed.metrics { aggregator.add(metric) }
        }
    }

    /// Flushes until it is cancelled; then a last time, and listens no more.
    package func run() async {
        let grid = ScrapeGrid(interval: max(1, interval.milliseconds), key: "statsd")
        while !Task.isCancelled {
            let due = grid.next(after: now().milliseconds)
            let wait = Duration.milliseconds(due - now().milliseconds)
            guard (try? await Task.sleep(for: wait)) != nil else { break }
            await flush(at: grid.snap(now().milliseconds, due: due))
        }
        let open = channel.withLock { exchange(&$0, with: nil) }
        try? await open?.close()
        await flush(at: now().milliseconds)
    }

    package func flush(at time: Int64) async {
        let batches = aggregator.withLock { aggregator in
            var sink = ShardBatches()
            aggregator.flush(at: time, into: &sink)
            return sink.finish()
        }
        guard !batches.isEmpty else { return }
        do throws(Rejection) {
            let outcome = try await intake.take(batches, metadata: [])
            instruments.count(outcome, source: "statsd")
        } catch {
            logger.warning("Samples of StatsD were lost", metadata: ["error": "\(error.message)"])
        }
    }
}
