/// What one query may cost; beyond it the query fails instead of the hub.
package struct QueryLimits: Sendable, Hashable {
    /// Samples that are loaded and values that are computed, those in between among them.
    package var samples = 50_000_000
    /// How often a sample is looked at: windows overlap. A second or two of one core.
    package var visits = 1_000_000_000

    package init() {}
}
