import Hub

/// Every action of the native protocol on the topic of a document, besides those of a session.
enum DocumentCatalogue {
    static let all: [CommandShape] = changes + questions + versions

    private static let root = Parameter.need("root", .text(1...1024), "The shared type's name.")
    private static let form = Parameter.may(
        "as",
        .oneOf("text", "delta", "json", "map", "array", "xml"),
        "Without it: text."
    )
    private static let version = Parameter.need("versionId", .messageID)
    private static let vector = Parameter.need("vector", .base64, "The hub's state vector.")
    private static let position = Parameter.may("position", .position)

    private static let changes: [CommandShape] = [
        .change(
            "create",
            "Creates an empty document. Writing to one creates it too.",
            [.may("title", .text(0...200))]
        ),
        .change("rename", "Gives the document another title.", [.need("title", .text(0...200))]),
        .change(
            "update",
            "Takes in an update of the first format.",
            [.need("update", .base64)],
            reply: [
                .may("missing", .boolean, "It waits for updates that it builds on."),
                .may("vector", .base64, "With `missing`: what the hub has."),
            ]
        ),
        .change(
            "edit",
            "Edits without Yjs: all of the operations, or none.",
            [.need("operations", .array(.map(.anything), most: 1000))]
        ),
        .change("delete", "Deletes the document and its versions."),
        .signal(
            "awareness",
            "Shows where you are; without `data` asks where the others are.",
            [.may("update", .base64), .may("states", .array(.named("Awareness")))],
            reply: [.may("update", .base64), .may("states", .array(.named("Awareness")))]
        ),
    ]

    private static let questions: [CommandShape] = [
        .question(
            "state",
            "The document as one update: all of it, or what a state vector lacks.",
            [.may("format", .oneOf("v1", "v2")), .may("since", .base64, "A state vector.")],
            reply: [.need("state", .base64), vector, .need("exists", .boolean), position]
        ),
        .question(
            "sync",
            "What a state vector lacks, in the first format.",
            [.may("vector", .base64)],
            reply: [.need("update", .base64), vector]
        ),
        .question(
            "check",
            "Whether an update says nothing new.",
            [Parameter.need("update", .base64).inData],
            reply: [.need("covered", .boolean)]
        ),
        .question(
            "content",
            "What a root reads as.",
            [root, form],
            reply: [.need("root", .string), .need("content", .anything), position]
        ),
        .question(
            "inspect",
            "What there is to tell of a document.",
            reply: [
                .need("title", .string), .need("exists", .boolean),
                .need("roots", .array(.string)), .need("structs", .count),
                .need("clients", .count), .need("stateBytes", .count), position,
            ]
        ),
        .question(
            "authors",
            "Who wrote, and as which clients of Yjs; with a root, who wrote which piece of it.",
            [.may("root", .text(1...1024), "A text.")],
            reply: [
                .may("authors", .array(.map(.anything))), .may("root", .string),
                .may("runs", .array(.named("Run"))), position,
            ]
        ),
    ]

    private static let versions: [CommandShape] = [
        .question(
            "versions",
            "The document's versions, newest first.",
            [.may("before", .messageID), .may("limit", .integer(1...200, default: 50))],
            reply: [.need("versions", .array(.named("Version"))), .need("more", .boolean)]
        ),
        .question(
            "version",
            "A version: what a root read as, or without one its state in the second format.",
            [version, .may("root", .text(1...1024)), form],
            reply: [
                .need("versionId", .messageID), .may("content", .anything), .may("state", .base64),
            ]
        ),
        .record(
            "saveVersion",
            "Keeps the document as it is now under a name.",
            [Parameter.need("name", .text(1...200)).inData],
            reply: [.need("versionId", .messageID), .need("name", .string)]
        ),
        .record("removeVersion", "Forgets a version.", [version]),
        .record("restore", "Makes the document read as it did, by new edits.", [version]),
        .question(
            "diff",
            "What changed since a version, or from it to another.",
            [version, .may("to", .messageID), .may("root", .text(1...1024))],
            reply: [.need("roots", .array(.map(.anything)))]
        ),
    ]
}
