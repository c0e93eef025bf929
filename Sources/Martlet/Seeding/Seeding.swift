import Hub

/// Plays the seed's script through the one door that clients use, so that it is as real as theirs.
///
/// Every command has a key: played again, it changes nothing.
struct Seeding: Sendable {
    private let performer: any Performer

    init(_ performer: any Performer) {
        self.performer = performer
    }

    /// How many rooms and messages there are now of the seed.
    func play() async throws(Rejection) -> (rooms: Int, messages: Int) {
        var messages = 0
        for room in SeedScript.rooms {
            try await open(room)
            try await talk(in: room)
            messages += room.lines.count
        }
        return (SeedScript.rooms.count, messages)
    }

    private func open(_ room: SeedScript.Room) async throws(Rejection) {
        let owner = room.members[0]
        try await ask(
            "create",
            room,
            owner,
            "create",
            [
                "visibility": room.isPrivate ? "private" : "public",
                "title": .string(room.title), "purpose": .string(room.purpose),
            ]
        )
        for member in room.members.dropFirst() {
            if room.isPrivate {
                try await ask(
                    "invite",
                    room,
                    owner,
                    "invite-\(member)",
                    ["userId": .string(member)]
                )
            } else {
                try await ask("enter", room, member, "enter-\(member)", [:])
            }
        }
    }

    private func talk(in room: SeedScript.Room) async throws(Rejection) {
        var ids: [String] = []
        for (number, line) in room.lines.enumerated() {
            var data: JSON = ["content": .string(line.text)]
            if let answered = line.answers { data.append("threadId", .string(ids[answered])) }
            let reply = try await ask("post", room, line.author, "post-\(number)", data)
            guard let id = reply?["messageId"]?.string else {
                throw Rejection(.conflict, "\(room.name) has other messages in the seed's place.")
            }
            ids.append(id)
            for (emoji, users) in line.reactions {
                for user in users {
                    try await ask(
                        "react",
                        room,
                        user,
                        "react-\(number)-\(emoji)-\(user)",
                        ["messageId": .string(id), "emoji": .string(emoji)]
                    )
                }
            }
        }
    }

    /// Nil when what was asked for is so already.
    @discardableResult
    private func ask(
        _ action: String,
        _ room: SeedScript.Room,
        _ user: String,
        _ key: String,
        _ data: JSON
    ) async throws(Rejection) -> JSON? {
        let ask = Ask(
            action: action,
            topic: try TopicID(.room, room.name),
            fields: ["data": data],
            key: "seed-\(key)",
            principal: Principal(user: user, isGuest: false, grants: .everything)
        )
        do throws(Rejection) {
            return try await performer.perform(ask)
        } catch {
            guard error.code == .conflict else { throw error }
            return nil
        }
    }
}
