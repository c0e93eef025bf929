import Hub
import Logging

/// Gets versions from other nodes that a copy which they have completed can't make by itself.
final class VersionFetching: Sendable {
    private let maker: VersionMaker
    private let logger: Logger
    private let partitions: AsyncStream<Partition>
    private let continuation: AsyncStream<Partition>.Continuation

    init(_ maker: VersionMaker, logger: Logger) {
        self.maker = maker
        self.logger = logger
        (partitions, continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(Partition.count)
        )
    }

    /// Its copy was completed.
    func note(_ partition: Partition) { continuation.yield(partition) }

    /// Looks first for what an earlier process has left; runs until the task is cancelled.
    func run() async {
        for partition in Partition.all { continuation.yield(partition) }
        for await partition in partitions {
            do throws(JournalError) {
                try await maker.fetch(in: partition)
            } catch {
                // Whoever reads one asks for it again.
                logger.warning(
                    "Versions of documents were not fetched",
                    metadata: ["partition": "\(partition)", "error": "\(error)"]
                )
            }
        }
    }
}
