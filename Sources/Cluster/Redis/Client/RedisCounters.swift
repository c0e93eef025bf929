/// What a client has counted since it was made.

package struct RedisCounters: Hashable, Sendable {
    package var commands: UInt64 = 0
    /// Commands that ended with an error of any kind.
    package var errors: UInt64 = 0
    /// Connections for commands and subscriptions that were made, and those that were lost.
    package var connections: UInt64 = 0
    package var losses: UInt64 = 0
    /// MOVED and ASK.
    package var redirections: UInt64 = 0
    /// Commands that were sent again because Redis refused them for the time being.
    package var repetitions: UInt64 = 0
    package var messages: UInt64 = 0
    /// Subscriptions that were up but deaf.
    package var deafness: UInt64 = 0
}
