import Hub

/// Every event of the native protocol: its name, its `data`, and whether it is in the log.
enum EventCatalogue {
    struct Shape: Sendable {
        let name: String
        let summary: String
        let data: Schema
        let isStored: Bool
    }

    static let all: [Shape] =
        messages + rooms + documents + stock + orders + ephemeral + inbox

    private static let message = Parameter.need("messageId", .messageID)
    private static let user = Parameter.need("userId", .userID)
    private static let thread = Parameter.need("threadId", .messageID)

    static func stored(_ name: String, _ summary: String, _ data: [Parameter]) -> Shape {
        Shape(name: name, summary: summary, data: .object(data), isStored: true)
    }

    static func shown(_ name: String, _ summary: String, _ data: [Parameter]) -> Shape {
        Shape(name: name, summary: summary, data: .object(data), isStored: false)
    }

    private static let messages: [Shape] = [
        Shape(
            name: "message",
            summary: "A message was posted.",
            data: .named("Message"),
            isStored: true
        ),
        stored(
            "message_edited",
            "A message has new content.",
            [
                message, .need("content", .string), .need("editedAt", .timestamp),
                .may("mentions", .array(.userID)),
            ]
        ),
        stored(
            "message_deleted",
            "A message is a tombstone.",
            [message, .need("deletedAt", .timestamp)]
        ),
        stored("reaction_added", "Someone reacted.", reaction),
        stored("reaction_removed", "Someone took a reaction back.", reaction),
        stored("message_pinned", "A message was pinned.", [message]),
        stored("message_unpinned", "A message was unpinned.", [message]),
        stored("thread_followed", "Someone follows a thread.", [thread, user]),
        stored("thread_unfollowed", "Someone stopped following a thread.", [thread, user]),
    ]

    private static let reaction: [Parameter] = [
        message, .need("emoji", .string), user, .need("count", .count),
    ]

    private static let rooms: [Shape] = [
        Shape(
            name: "room_created",
            summary: "The room exists.",
            data: .named("Room"),
            isStored: true
        ),
        Shape(
            name: "room_updated",
            summary: "The room's profile changed.",
            data: .named("Room"),
            isStored: true
        ),
        stored("member_joined", "Someone became a member.", [user, .may("role", .string)]),
        stored(
            "member_left",
            "Someone is no longer a member.",
            [user, .may("reason", .oneOf("left", "kicked", "banned"))]
        ),
        stored("role_changed", "A member has another role.", [user, .need("role", .string)]),
        stored(
            "member_banned",
            "Someone may not enter.",
            [user, .may("until", .timestamp), .may("reason", .string)]
        ),
        stored("member_unbanned", "A ban was lifted.", [user]),
        stored("member_muted", "Someone may not post.", [user, .may("until", .timestamp)]),
        stored("member_unmuted", "Someone may post again.", [user]),
    ]

    private static let documents: [Shape] = [
        stored("update", "Someone edited a document.", [.need("update", .base64)]),
        stored("doc_created", "The document exists.", [.need("title", .string)]),
        stored("doc_renamed", "The document has another title.", [.need("title", .string)]),
        stored(
            "version_saved",
            "The document as it was then is a version.",
            [
                .need("versionId", .messageID),
                .may("name", .string, "Null where the hub kept it by itself."),
                .may("automatic", .boolean, "Whether it did."),
            ]
        ),
        stored("version_removed", "A version was forgotten.", [.need("versionId", .messageID)]),
        stored("doc_deleted", "The document was deleted.", []),
        shown(
            "awareness",
            "Who is in a document, and where.",
            [.need("update", .base64), .need("states", .array(.named("Awareness")))]
        ),
        shown(
            "state",
            "All of a document, in the place of updates that are forgotten or that were too many.",
            [.need("state", .base64), .need("position", .position)]
        ),
    ]

    private static let ephemeral: [Shape] = [
        shown("typing", "Someone types.", [user, .need("active", .boolean)]),
        shown(
            "presence",
            "Who came and went.",
            [
                .need("joined", .array(.named("Present"))), .need("left", .array(.map(.string))),
                .need("count", .count),
            ]
        ),
        shown(
            "subscription_ended",
            "You are no longer joined.",
            [.need("reason", .oneOf("kicked", "banned", "forbidden", "private", "deleted"))]
        ),
        shown("lagging", "You are slow: the rest comes from the log.", []),
        shown(
            "draining",
            "Move to another node within that time.",
            [.need("after", .count), .need("resume", .string)]
        ),
    ]

    private static let inbox: [Shape] = [
        stored(
            "read_marked",
            "You have read up to there.",
            [.need("topic", .topic), message, .need("unread", .count)]
        ),
        stored(
            "preference_set",
            "Your pages keep that from now on.",
            [.need("name", .preferenceName), .need("value", .anything)]
        ),
        shown(
            "mentioned",
            "Someone mentioned you.",
            [.need("topic", .topic), message, .need("by", .userID)]
        ),
        shown("room_added", "You are a member of that room.", [.need("topic", .topic)]),
        shown("room_removed", "You are no longer a member.", [.need("topic", .topic)]),
    ]
}
