import Hub

/// What the seed puts into a hub: rooms in which people talk.
enum SeedScript {
    struct Room: Sendable {
        let name: String
        let title: String
        let purpose: String
        let isPrivate: Bool
        /// The first one makes the room.
        let members: [String]
        let lines: [Line]
    }

    struct Line: Sendable {
        let author: String
        let text: String
        /// The line of the room that this one answers, from 0.
        var answers: Int?
        /// Emoji and who chose them.
        var reactions: [(emoji: String, users: [String])] = []
    }

    static let rooms: [Room] = [
        Room(
            name: "general",
            title: "General",
            purpose: "Everything that concerns everyone",
            isPrivate: false,
            members: ["ada", "grace", "alan", "barbara", "edsger"],
            lines: [
                Line(
                    author: "ada",
                    text: "Good morning! The new hub is up. Say hello here.",
                    reactions: [("👋", ["grace", "alan", "barbara"])]
                ),
                Line(
                    author: "grace",
                    text: "Hello! History came back at once after my train tunnel."
                ),
                Line(
                    author: "alan",
                    text: "Does search already work?",
                    reactions: [("👀", ["edsger"])]
                ),
                Line(author: "ada", text: "It does: try «tunnel».", answers: 2),
                Line(author: "alan", text: "Found it. Nice.", answers: 2),
                Line(author: "edsger", text: "Simplicity is a prerequisite for reliability."),
                Line(
                    author: "barbara",
                    text: "@edsger may I put that on the wall?",
                    reactions: [("😄", ["ada", "grace"]), ("👍", ["edsger"])]
                ),
            ]
        ),
        Room(
            name: "release",
            title: "Release",
            purpose: "What goes out, and when",
            isPrivate: false,
            members: ["grace", "ada", "barbara"],
            lines: [
                Line(
                    author: "grace",
                    text: "Plan: freeze on Thursday, release on Monday.",
                    reactions: [("✅", ["ada", "barbara"])]
                ),
                Line(author: "barbara", text: "Who writes the notes?", answers: 0),
                Line(author: "ada", text: "I do. Draft tomorrow.", answers: 0),
                Line(author: "ada", text: "Load test passed: nothing lost, nothing twice."),
                Line(author: "grace", text: "@ada wonderful. Then Monday it is."),
            ]
        ),
        Room(
            name: "lunch",
            title: "Lunch",
            purpose: "Where and when",
            isPrivate: false,
            members: ["alan", "edsger", "grace"],
            lines: [
                Line(author: "alan", text: "Soup or noodles?"),
                Line(
                    author: "grace",
                    text: "Noodles!",
                    reactions: [("🍜", ["alan", "edsger"])]
                ),
                Line(author: "edsger", text: "12:15 at the door."),
            ]
        ),
        Room(
            name: "operations",
            title: "Operations",
            purpose: "Alarms and what became of them",
            isPrivate: true,
            members: ["barbara", "ada"],
            lines: [
                Line(author: "barbara", text: "The certificate was renewed without a restart."),
                Line(author: "ada", text: "And nobody noticed. As it should be."),
            ]
        ),
    ]
}
