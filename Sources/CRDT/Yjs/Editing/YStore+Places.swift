/// Places in lists.
extension YStore {
    /// The place before the visible element at this index; nil beyond the end. A run that goes on
    /// there is cut.
    mutating func place(at index: Int, in type: YHandle) -> YPlace? {
        guard index >= 0 else { return nil }
        var place = YPlace(parent: type, left: .none, right: types[Int(type)].start)
        var rest = index
        while rest > 0 {
            guard place.right != .none else { return nil }
            rest -= pass(&place, atMost: rest)
        }
        return place
    }

    /// The place behind everything.
    func end(of type: YHandle) -> YPlace {
        var place = YPlace(parent: type, left: .none, right: types[Int(type)].start)
        while place.right != .none { step(&place) }
        return place
    }

    /// Steps over the next item, of which no more than so many visible elements; tells how many.
    mutating func pass(_ place: inout YPlace, atMost count: Int) -> Int {
        var passed = 0
        if items[Int(place.right)].isVisible {
            cut(place.right, after: count)
            passed = Int(items[Int(place.right)].length)
        }
        step(&place)
        return passed
    }

    /// Cuts an item that has more elements than these.
    mutating func cut(_ item: YHandle, after count: Int) {
        let whole = items[Int(item)]
        guard Int(whole.length) > count else { return }
        let position = clients[Int(whole.client)].index.position(of: whole.clock)
        split(item, at: UInt32(truncatingIfNeeded: count), position)
    }

    /// Whether a cut before this element would go through a surrogate pair.
    func tearsPair(_ item: YItem, at offset: Int) -> Bool {
        guard item.kind == .string else { return false }
        let content = clients[Int(item.client)].content
        return UTF8Text.split(content, in: item.content, at: offset).tearsPair
    }

    /// Steps over the next item.
    func step(_ place: inout YPlace) {
        let item = items[Int(place.right)]
        if item.kind == .format, !item.isDeleted { place.attributes.set(format(of: item)) }
        place.left = place.right
        place.right = item.right
    }
}
