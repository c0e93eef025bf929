import Glibc
import UnixSignals

/// What signals mean to a hub: the first SIGTERM or SIGINT begins the drain, a second one ends the
/// process at once, and SIGHUP has certificate and keys read again.
struct Signals: Sendable {
    private let sequence: UnixSignalsSequence

    /// From here on signals no longer end the process by themselves.
    init() async {
        sequence = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    }

    /// Until the process ends: the drain must not keep a second signal from being heard.
    func watch(
        onFirst drain: @escaping @Sendable () async -> Void,
        onHangup reload: @escaping @Sendable () async -> Void
    ) {
        Task {
            var isDraining = false
            for await signal in sequence {
                switch (signal, isDraining) {
                case (.sighup, false): await reload()
                case (.sighup, true): break
                case (_, false):
                    isDraining = true
                    await drain()
                case (_, true): _exit(128 + (signal == .sigint ? SIGINT : SIGTERM))
                }
            }
        }
    }
}
