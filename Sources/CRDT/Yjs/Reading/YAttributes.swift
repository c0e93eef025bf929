/// The attributes that hold at a place of a text.
struct YAttributes: Equatable {
    /// Sorted by key.
    private(set) var members: [YMember] = []

    init() {}

    /// Sets an attribute; null takes it away.
    mutating func set(_ member: YMember) {
        let place = members.firstIndex { $0.key >= member.key } ?? members.count
        let isThere = place < members.count && members[place].key == member.key
        if member.value == .null {
            if isThere { members.remove(at: place) }
        } else if isThere {
            members[place] = member
        } else {
            members.insert(member, at: place)
        }
    }

    /// The value of an attribute; null if it is not set.
    subscript(key: String) -> YValue {
        members.first { $0.key == key }?.value ?? .null
    }
}
