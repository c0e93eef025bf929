import Cluster
import Synchronization

/// Records how commands ended, in the order of the answers.
final class AnswerRecord: Sendable {
    private let answers = Mutex<[Result<RedisValue, RedisError>]>([])

    func note(_ answer: Result<RedisValue, RedisError>) {
        answers.withLock { $0.append(answer) }
    }

    var all: [Result<RedisValue, RedisError>] { answers.withLock(\.self) }

    var integers: [Int64] { all.compactMap { try? $0.get().integer } }

    var errors: [RedisError] {
        all.compactMap {
            if case .failure(let error) = $0 { error } else { nil }
        }
    }
}
