/// One transaction of edits that the server itself makes. Indexes count UTF-16 code units in
/// texts, and elements elsewhere.
package struct YEdit: ~Copyable {
    let author: YAuthor

    /// Deletes visible elements of a text, array or XML type.
    package mutating func delete(_ range: Range<Int>, in type: YTypeReference) throws(YEditError) {
        guard !range.isEmpty else { return }
        let handle = try find(type)
        try require(range.upperBound, in: handle)
        var place = try place(at: range.lowerBound, in: handle)
        var rest = range.count
        while rest > 0, place.right != .none {
            let passed = store.pass(&place, atMost: rest)
            rest -= passed
            if passed > 0 { author.document.store.delete(place.left) }
        }
    }

    /// The store that is edited.
    var store: YStore {
        get { author.document.store }
        _modify { yield &author.document.store }
    }

    /// The type that is meant. A root comes into being when it is edited first.
    func find(_ type: YTypeReference) throws(YEditError) -> YHandle {
        if case .root(let name) = type { return author.document.store.root(ArraySlice(name.utf8)) }
        guard let handle = author.document.store.type(type) else { throw .noSuchType }
        let owner = author.document.store.types[Int(handle)].owner
        guard !author.document.store.items[Int(owner)].isDeleted else { throw .noSuchType }
        return handle
    }

    func place(at index: Int, in type: YHandle) throws(YEditError) -> YPlace {
        try require(index, in: type)
        guard let place = author.document.store.place(at: index, in: type) else {
            throw .outOfBounds
        }
        return place
    }

    /// Makes sure that so many elements are there, before anything is done to them, and that a cut
    /// behind them tears no character.
    func require(_ count: Int, in type: YHandle) throws(YEditError) {
        var rest = count
        for handle in author.document.store.list(of: type) where rest > 0 {
            let item = author.document.store.items[Int(handle)]
            guard item.isVisible else { continue }
            if Int(item.length) > rest, author.document.store.tearsPair(item, at: rest) {
                throw .insideCharacter
            }
            rest -= Int(item.length)
        }
        guard rest <= 0 else { throw .outOfBounds }
    }
}
