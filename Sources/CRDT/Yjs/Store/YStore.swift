/// All that a document has: items in one pool, found by client and clock, and linked into types.
struct YStore {
    let keepsDeletedContent: Bool
    var items: ContiguousArray<YItem> = []
    /// Free places in the pool, linked by `right`.
    private var firstFreeItem: YHandle = .none
    private(set) var freeItems = 0
    var clients: ContiguousArray<YClient> = []
    private var clientHandles: [UInt64: YHandle] = [:]
    /// The client that was asked for last.
    private var recentClient: (id: UInt64, handle: YHandle) = (.max, .none)
    var types: ContiguousArray<YType> = []
    private var freeTypes: ContiguousArray<YHandle> = []
    /// The types of roots, by name.
    private(set) var roots: [YHandle: YHandle] = [:]
    var names = YNames()
    var transaction = YTransaction()
    var pending = YPending()
    /// The content of all clients has no more bytes than this.
    var contentBound = 0

    init(keepsDeletedContent: Bool) {
        self.keepsDeletedContent = keepsDeletedContent
    }

    /// The handle of a client of whom something is known, or none.
    @inline(__always)
    mutating func client(_ id: UInt64) -> YHandle {
        if recentClient.id == id { return recentClient.handle }
        guard let handle = clientHandles[id] else { return .none }
        recentClient = (id, handle)
        return handle
    }

    func knownClient(_ id: UInt64) -> YHandle { clientHandles[id] ?? .none }

    mutating func addClient(_ id: UInt64) -> YHandle {
        let known = client(id)
        if known != .none { return known }
        let handle = YHandle(index: clients.count)
        clients.append(YClient(id: id))
        clientHandles[id] = handle
        recentClient = (id, handle)
        return handle
    }

    /// The clock that is expected next from this client.
    @inline(__always)
    mutating func state(_ id: UInt64) -> UInt32 {
        let handle = client(id)
        return handle == .none ? 0 : clients[Int(handle)].state
    }

    mutating func add(_ item: YItem) -> YHandle {
        guard firstFreeItem != .none else {
            items.append(item)
            return YHandle(index: items.count - 1)
        }
        let handle = firstFreeItem
        firstFreeItem = items[Int(handle)].right
        items[Int(handle)] = item
        freeItems -= 1
        return handle
    }

    mutating func free(_ item: YHandle) {
        items[Int(item)].right = firstFreeItem
        firstFreeItem = item
        freeItems += 1
    }

    mutating func add(_ type: YType) -> YHandle {
        if let handle = freeTypes.popLast() {
            types[Int(handle)] = type
            return handle
        }
        types.append(type)
        return YHandle(index: types.count - 1)
    }

    mutating func free(type: YHandle) {
        types[Int(type)] = YType(owner: .none, rootName: .none)
        freeTypes.append(type)
    }

    mutating func root(_ name: ArraySlice<UInt8>) -> YHandle {
        let handle = names.handle(name)
        if let known = roots[handle] { return known }
        let type = add(YType(owner: .none, rootName: handle))
        roots[handle] = type
        return type
    }

    /// The type of a root, if there is one of that name.
    func rootType(named name: ArraySlice<UInt8>) -> YHandle? {
        names.known(name).flatMap { roots[$0] }
    }

    var rootNameBytes: [[UInt8]] { roots.keys.map { Array(names.bytes[names.range($0)]) } }

    /// Makes room before a large update, rather than while it is integrated.
    mutating func reserve(_ count: Int) {
        let needed = items.count + count - freeItems
        if count > 1_024, needed > items.capacity { items.reserveCapacity(needed) }
    }
}
