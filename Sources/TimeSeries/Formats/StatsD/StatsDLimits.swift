/// How much an aggregator remembers.
package struct StatsDLimits: Sendable, Hashable {
    /// Names with their tags; what comes beyond is dropped and counted.
    package var seriesMaximum = 10_000
    /// Values of one timer between two flushes that quantiles are made of; count and sum take all.
    package var timerValuesMaximum = 4096
    /// Members of one set between two flushes.
    package var setMembersMaximum = 16_384
    /// After so many flushes without a word a series ends.
    package var idleFlushesMaximum = 60

    package init() {}
}
