import Gateway
import Hub
import Storage

/// What must work for the hub to be ready.
enum HealthChecks {
    /// The journal answers a question that it can't know the answer of: it has to look into the
    /// file.
    static func journal(_ store: Store) -> HealthCheck {
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
