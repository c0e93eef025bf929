/// What a query takes of a rollup's rows.
package enum RollupValue: Sendable, Hashable, CaseIterable {
    case last, average, sum, count, min, max
}
