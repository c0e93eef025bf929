/// What a query needs to see: series, a range of time, and what is going to be done with them.
package struct Selection: Sendable, Hashable {
    /// All must hold.
    package let matchers: [LabelMatcher]
    /// Milliseconds since 1970; both ends are part of it.
    package let from: Int64
    package let through: Int64
    /// The function or aggregation around the selector, as a hint to a store that has rollups.
    package let function: String?
    /// The window's length in milliseconds; 0 for a selector without.
    package let range: Int64
    /// Between two evaluations, in milliseconds; 0 when there is one only.
    package let step: Int64
}
