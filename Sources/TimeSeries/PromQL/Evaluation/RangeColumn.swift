/// A series as windows see it, with what is found once for all of them.
///
/// A class, so that a window holds it by one reference.
final class RangeColumn: Sendable {
    /// What a function wants found.
    enum Landmarks {
        case none
        case resets
        case changes
    }

    let times: [Int64]
    let values: [Double]
    /// Where a value is less than the one before it. Empty unless it was asked for.
    let resets: [Int]
    /// Where a value differs from the one before it. Empty unless it was asked for.
    let changes: [Int]

    init(_ columns: SeriesColumns, finding landmarks: Landmarks) {
        times = columns.times
        values = columns.values
        resets = landmarks == .resets ? Self.places(columns.values) { $1 < $0 } : []
        changes =
            landmarks == .changes
            ? Self.places(columns.values) { $1 != $0 && !($1.isNaN && $0.isNaN) } : []
    }

    private static func places(
        _ values: [Double],
        where holds: (Double, Double) -> Bool
    ) -> [Int] {
        var places: [Int] = []
        let values = values.span
        guard values.count > 1 else { return places }
        for index in 1..<values.count where holds(values[index - 1], values[index]) {
            places.append(index)
        }
        return places
    }
}
