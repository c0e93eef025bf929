import Hub
import Logging

/// What every session of the gateway works with.
package struct GatewayServices: Sendable {
    package let router: Router
    package let admission: Admission
    package let instruments: Instruments
    package let settings: LinkSettings
    package let now: @Sendable () -> Timestamp
    package let logger: Logger

    package init(
        router: Router,
        admission: Admission,
        instruments: Instruments,
        settings: LinkSettings,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.router = router
        self.admission = admission
        self.instruments = instruments
        self.settings = settings
        self.now = now
        self.logger = logger
    }
}
