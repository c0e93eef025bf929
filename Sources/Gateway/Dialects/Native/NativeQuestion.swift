import Hub
import Reactor

/// A command under way: remembers whose it is and under which id the reply goes back.
final class NativeQuestion: Asker {
    private struct Origin {
        let session: NativeSession
        let batch: NativeBatch?
    }

    private let origin: LoopBound<Origin>
    private let id: JSON?
    /// Its place in the batch.
    private let index: Int

    init(_ session: NativeSession, id: JSON?, batch: NativeBatch?, index: Int) {
        origin = LoopBound(Origin(session: session, batch: batch), on: session.link.connection.loop)
        self.id = id
        self.index = index
    }

    func answer(_ outcome: Result<JSON, Rejection>) {
        let origin = origin.value
        origin.session.reply(id: id, outcome, batch: origin.batch, index: index)
    }
}
