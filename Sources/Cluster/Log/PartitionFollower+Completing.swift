import Hub
import Logging

/// The log no longer has what this copy lacks: another node does.
extension PartitionFollower {
    func complete() async {
        guard state == .incomplete, !isCompleting, !isEnded, !isLooking, !isAdvancing,
            let completion = surroundings.completion
        else {
            return
        }
        isCompleting = true
        defer { isCompleting = false }
        let before = bookmark?.sequence ?? 0
        do throws(JournalError) {
            guard let outcome = try await completion.run(partition) else {
                // If it was begun, the copy follows from no log: it must not claim to.
                bookmark = try await surroundings.replica.bookmarks()[partition]
                publish()
                surroundings.logger.debug(
                    "No other node could complete a partition",
                    metadata: ["partition": "\(partition)"]
                )
                return
            }
            if !outcome.strays.isEmpty { hasStrays = true }
            surroundings.logger.notice(
                "A partition was completed from another node",
                metadata: [
                    "partition": "\(partition)", "from": "\(before)",
                    "to": "\(outcome.bookmark.sequence)",
                ]
            )
            isCompleting = false
            settle(in: outcome.bookmark, newest: max(newest, outcome.bookmark.sequence))
            await look()
        } catch {
            bookmark = .partial
            surroundings.logger.warning(
                "A partition was not completed",
                metadata: ["partition": "\(partition)", "error": "\(error)"]
            )
        }
    }
}
