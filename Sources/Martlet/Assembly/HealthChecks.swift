import Cluster
import Gateway
import Hub
import Storage

/// What must work for the hub to be ready.
enum HealthChecks {
    static func all(_ store: Store, _ link: ClusterLink?) -> [HealthCheck] {
        [journal(store), disk(store)] + (link.map { [cluster($0)] } ?? [])
    }

    /// Redis answers, and what is appended is numbered, in every partition.
    private static func cluster(_ link: ClusterLink) -> HealthCheck {
        HealthCheck(name: "cluster") {
            let statuses = link.journal.statuses.filter { $0.state != .live }
            guard let first = statuses.first else { return nil }
            return "\(statuses.count) partitions are not live, \(first.partition): \(first.state)"
        }
    }

    /// What is appended would be stored: a disk that is full or can't be written answers questions
    /// all the same.
    private static func disk(_ store: Store) -> HealthCheck {
        HealthCheck(name: "disk") { await store.writingProblem() }
    }

    /// The journal answers a question that it can't know the answer of: it has to look into the
    /// file.
    private static func journal(_ store: Store) -> HealthCheck {
        HealthCheck(name: "journal") {
            do throws(JournalError) {
                _ = try await store.journal.record(withKey: "health", by: "health", in: probed)
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    private static let probed: TopicID = {
        guard let topic = try? TopicID(.room, "health") else {
            preconditionFailure("That is a topic's name.")
        }
        return topic
    }()
}
