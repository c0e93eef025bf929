/// Who hears what the members of a run hear. Everything is called on the loop.
protocol MemberListener: AnyObject {
    func memberJoined(_ member: Member)
    func member(_ member: Member, delivered stamp: Stamp, at now: Int64)
    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64)
    func memberEnded(_ member: Member, _ reason: String)
    /// A promise that was broken, in words.
    func violated(_ sentence: String)
}

extension MemberListener {
    func memberJoined(_ member: Member) {}
    func member(_ member: Member, delivered stamp: Stamp, at now: Int64) {}
    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64) {}
}
