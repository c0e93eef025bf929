import Glibc
import ServiceLifecycle
import UnixSignals

/// What signals mean: the first SIGTERM or SIGINT begins the drain, a second one ends the process at
/// once, and SIGHUP reads certificate and keys again.
struct SignalService: Service {
    let assembly: Assembly
    /// Reads the settings as at the start; nil when they can no longer be used.
    let read: @Sendable () -> EffectiveSettings?

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        for await signal in signals.cancelOnGracefulShutdown() {
            guard signal == .sighup else { break }
            await assembly.reload(read()?.settings ?? assembly.settings)
        }
        // The group now shuts down; a task of its own outlives this service.
        Task {
            for await signal in signals where signal != .sighup {
                _exit(128 + (signal == .sigint ? SIGINT : SIGTERM))
            }
        }
    }
}
