/// The values of a map: for each key a list of items, of which the last is the value.
struct YKeyTable {
    struct Entry {
        var key: YHandle
        var first: YHandle
        var last: YHandle
    }

    /// In the order in which the keys came.
    private(set) var entries: ContiguousArray<Entry> = []
    /// Where each key stands, once there are too many to look through.
    private var places: [YHandle: Int] = [:]
    private static let scanMaximum = 8

    func entry(_ key: YHandle) -> Entry? {
        place(of: key).map { entries[$0] }
    }

    private func place(of key: YHandle) -> Int? {
        if entries.count <= Self.scanMaximum { return entries.firstIndex { $0.key == key } }
        return places[key]
    }

    mutating func setLast(_ item: YHandle, of key: YHandle) {
        if let place = place(of: key) { entries[place].last = item } else { add(key, item) }
    }

    mutating func setFirst(_ item: YHandle, of key: YHandle) {
        if let place = place(of: key) { entries[place].first = item } else { add(key, item) }
    }

    private mutating func add(_ key: YHandle, _ item: YHandle) {
        entries.append(Entry(key: key, first: item, last: item))
        if entries.count > Self.scanMaximum + 1 {
            places[key] = entries.count - 1
        } else if entries.count == Self.scanMaximum + 1 {
            for (place, entry) in entries.enumerated() { places[entry.key] = place }
        }
    }
}
