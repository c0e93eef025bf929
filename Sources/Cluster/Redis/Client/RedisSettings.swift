/// How a client finds its Redis, and the bounds that it keeps.

package struct RedisSettings: Sendable {
    package var address: RedisAddress
    package var tls = RedisTLS()
    /// Whom the client is to Sentinels, which have users of their own.
    package var sentinelCredentials: RedisCredentials?
    /// How connections call themselves in CLIENT LIST.
    package var clientName = "martlet"
    package var connectTimeout: Duration = .seconds(2)
    /// From submission to answer, repetitions included.
    package var commandTimeout: Duration = .seconds(5)
    /// How long a server of a Redis Cluster may leave a command unanswered before the others are
    /// asked whether it has been replaced.
    package var silence: Duration = .seconds(1)
    /// Unanswered commands of one connection, and as many that wait for one. Policy: past it,
    /// commands are refused as busy.
    package var commandsMaximum = 65536
    /// The same of unwritten bytes.
    package var bytesMaximum = 32 << 20
    package var replyLimits = ReplyLimits()
    package var probeInterval: Duration = .seconds(1)
    /// How long what is published may take to come back through the subscription.
    package var probeTimeout: Duration = .seconds(3)
    /// What the channels of probes begin with, for users who may not use all channels.
    package var probePrefix = "martlet:probe:"

    package init(address: RedisAddress) {
        self.address = address
    }
}
