/// The items of a list, deleted ones too, from left to right.
struct YItemList: Sequence, IteratorProtocol {
    private let items: ContiguousArray<YItem>
    private var following: YHandle

    init(_ items: ContiguousArray<YItem>, from start: YHandle) {
        self.items = items
        following = start
    }

    mutating func next() -> YHandle? {
        guard following != .none else { return nil }
        defer { following = items[Int(following)].right }
        return following
    }
}
