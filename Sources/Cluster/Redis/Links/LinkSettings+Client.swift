import Reactor

/// Links as the client's settings want them.
extension LinkSettings {
    init(_ settings: RedisSettings, tls: TLSContext?, on loop: EventLoop) {
        var greeting = Self.introduction(settings, settings.address.credentials)
        if settings.address.database != 0 {
            let select = RedisCommand("SELECT", String(settings.address.database))
            greeting.append(Greeting(command: select, isNeeded: true))
        }
        self.init(settings, tls: tls, on: loop, greeting: greeting)
    }

    init(sentinelsOf settings: RedisSettings, tls: TLSContext?, on loop: EventLoop) {
        let greeting = Self.introduction(settings, settings.sentinelCredentials)
        self.init(settings, tls: tls, on: loop, greeting: greeting)
    }

    private init(
        _ settings: RedisSettings,
        tls: TLSContext?,
        on loop: EventLoop,
        greeting: [Greeting]
    ) {
        self.init(
            tls: tls,
            serverName: settings.tls.serverName,
            connectTimeout: settings.connectTimeout,
            commandTimeout: settings.commandTimeout,
            replyLimits: settings.replyLimits,
            greeting: greeting,
            requestsMaximum: settings.commandsMaximum,
            // The loop ends a connection whose queue is longer than its own bound.
            bytesMaximum: min(settings.bytesMaximum, loop.outboxLimits.maximum / 2)
        )
    }

    private static func introduction(
        _ settings: RedisSettings,
        _ credentials: RedisCredentials?
    ) -> [Greeting] {
        let name = RedisCommand("CLIENT", "SETNAME", settings.clientName)
        return (credentials.map { [Greeting(command: $0.command, isNeeded: true)] } ?? [])
            + [Greeting(command: name, isNeeded: false)]
    }
}
