/// Whom what another node has decided puts out of the room.
extension ChatLog {
    package static var excludingTypes: Set<String> {
        ["member_left", "member_banned", "room_updated", "room_created"]
    }

    package static func exclusion(by event: ChatEvent) -> Exclusion? {
        switch event {
        case .memberLeft(let user, .kicked): Exclusion(of: user, reason: "kicked")
        case .memberLeft(let user, .banned), .memberBanned(let user, _, _):
            Exclusion(of: user, reason: "banned")
        // Where the room is private only its members may stay.
        case .memberLeft(let user, .left):
            Exclusion(of: user, reason: "private", sparesAdmitted: true)
        case .roomUpdated(let profile), .roomCreated(let profile):
            profile.visibility == .private
                ? Exclusion(of: nil, reason: "private", sparesAdmitted: true) : nil
        default: nil
        }
    }
}
