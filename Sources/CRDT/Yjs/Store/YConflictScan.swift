/// The items that were passed while a place was sought: all of them come before some origin, and
/// those since the last settled place are in conflict.
struct YConflictScan {
    private var passed: ContiguousArray<YHandle> = []
    /// Where each item stands among the passed, once there are too many to look through.
    private var places: [YHandle: Int] = [:]
    private var settled = 0
    private static let scanMaximum = 16

    mutating func add(_ item: YHandle) {
        passed.append(item)
        if passed.count > Self.scanMaximum + 1 {
            places[item] = passed.count - 1
        } else if passed.count == Self.scanMaximum + 1 {
            for (place, item) in passed.enumerated() { places[item] = place }
        }
    }

    mutating func settle() { settled = passed.count }

    /// Where an item was passed; nil if it was not.
    func place(of item: YHandle) -> Int? {
        passed.count <= Self.scanMaximum ? passed.firstIndex(of: item) : places[item]
    }

    func isConflicting(_ place: Int) -> Bool { place >= settled }
}
