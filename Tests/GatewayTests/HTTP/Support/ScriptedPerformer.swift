import Hub
import Synchronization

/// Answers every ask as the test says, and remembers what was asked.
final class ScriptedPerformer: Performer {
    typealias Script = @Sendable (Ask) async throws(Rejection) -> JSON

    private let script: Script
    private let asked = Mutex<[Ask]>([])

    init(_ script: @escaping Script = { _ throws(Rejection) in ["position": "k3:1"] }) {
        self.script = script
    }

    var asks: [Ask] { asked.withLock { $0 } }

    func perform(_ ask: Ask) async throws(Rejection) -> JSON {
        asked.withLock { $0.append(ask) }
        return try await script(ask)
    }
}
