/// Works through the structs of an update in an order that respects their dependencies.
struct YIntegration {
    /// Why the next struct of a client cannot be integrated yet.
    enum Obstacle {
        /// Structs of its own client are missing before it.
        case gap(UInt32)
        /// It refers to this element, which is missing.
        case dependency(YID)
    }

    let update: YUpdate
    /// The next struct of each group.
    private var cursors: ContiguousArray<Int>
    private var isWaiting: ContiguousArray<Bool>
    private(set) var parked = YPending()

    init(_ update: YUpdate) {
        self.update = update
        cursors = ContiguousArray(update.groups.lazy.map(\.blocks.lowerBound))
        isWaiting = ContiguousArray(repeating: false, count: update.groups.count)
    }

    /// Integrates all that can be; what cannot is parked.
    mutating func run(_ store: inout YStore) {
        var parkedGroups: [Int] = []
        for group in update.groups.indices where !isWaiting[group] {
            // Each entry waits for the one above it to come past a clock.
            var stack: [(group: Int, until: UInt32)] = [(group, .max)]
            isWaiting[group] = true
            while let (group, until) = stack.last {
                guard let obstacle = advance(group, until: until, &store) else {
                    isWaiting[group] = false
                    stack.removeLast()
                    continue
                }
                if case .dependency(let id) = obstacle, let source = source(of: id) {
                    isWaiting[source] = true
                    stack.append((source, id.clock))
                    continue
                }
                note(obstacle, of: update.groups[group].client, store: &store)
                // All that wait for this one can only wait on, and stay marked as waiting.
                parkedGroups.append(contentsOf: stack.map(\.group))
                stack.removeAll()
            }
        }
        park(parkedGroups)
    }

    /// The group that has the element, unless it waits itself: that would be a circle.
    private func source(of id: YID) -> Int? {
        guard let group = update.group(of: id.client), !isWaiting[group],
            cursors[group] < update.groups[group].blocks.upperBound
        else { return nil }
        return group
    }

    /// Integrates structs of a group until the element at `until` is known, or all are.
    private mutating func advance(
        _ group: Int,
        until: UInt32,
        _ store: inout YStore
    ) -> Obstacle? {
        var cursor = cursors[group]
        defer { cursors[group] = cursor }
        return store.integrate(update, &cursor, update.groups[group], until: until)
    }

    private mutating func note(_ obstacle: Obstacle, of client: UInt64, store: inout YStore) {
        switch obstacle {
        case .gap(let state): parked.noteMissing(client, state)
        case .dependency(let id): parked.noteMissing(id.client, store.state(id.client))
        }
    }

    /// Copies what is left of the groups that wait.
    private mutating func park(_ groups: [Int]) {
        guard !groups.isEmpty else { return }
        var builder = YUpdateBuilder()
        for group in groups.sorted() {
            builder.begin(update.groups[group].client)
            for index in cursors[group]..<update.groups[group].blocks.upperBound
            where update.blocks[index].kind != .skip {
                builder.append(update.blocks[index], bytes: update.bytes)
            }
            builder.endClient()
        }
        parked.structs = builder.update
    }
}
