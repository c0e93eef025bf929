/// The middle of several rounds.
enum Median {
    static func of(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    static func of(_ reports: [Report], _ figure: String) -> Double? {
        of(reports.compactMap { $0[figure] })
    }
}
