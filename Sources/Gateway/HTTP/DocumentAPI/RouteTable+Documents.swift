import HTTPTypes
import Hub

/// The part of the REST API that is about documents. A slash in a name is written `%2F`.
extension RouteTable {
    private static let updateBytesMaximum = 8 << 20
    private static let textBytesMaximum = 2 << 20
    private static let version = Parameter.need("versionId", .messageID)
    private static let root = Parameter.need("root", .text(1...1024), "The shared type's name.")
    private static let form = Parameter.may(
        "as",
        .oneOf("text", "delta", "json", "map", "array", "xml"),
        "Without it: text."
    )
    private static let position = Parameter.may(
        "position",
        .position,
        "Where in the log; absent if nothing changed."
    )
    private static let limit = Parameter.may("limit", .integer(1...200, default: 50))

    static let documents: [Route] = documentRoutes + versionRoutes

    private static let documentRoutes: [Route] = [
        Route(
            .get,
            "/api/docs",
            .document(.list),
            "The documents that you may join, by name.",
            [.may("after", .text(1...250), "The last page's `next`."), limit],
            reply: [
                .need("documents", .array(.named("Document"))), .need("more", .boolean),
                .may("next", .string),
            ]
        ),
        Route(
            .post,
            "/api/docs",
            .document(.create),
            "Creates an empty document. Writing to one creates it too.",
            [.need("name", .text(1...250)), .may("title", .text(0...200)).inData],
            reply: [position],
            location: "/api/docs/{doc}"
        ),
        Route(
            .get,
            "/api/docs/{doc}",
            .document(.inspect),
            "What there is to tell of a document.",
            [],
            reply: [
                .need("title", .string), .need("exists", .boolean),
                .need("roots", .array(.string)), .need("structs", .count),
                .need("clients", .count), .need("stateBytes", .count), position,
            ]
        ),
        Route(
            .patch,
            "/api/docs/{doc}",
            .document(.rename),
            "Gives a document another title; who is connected is shown it.",
            [Parameter.need("title", .text(0...200)).inData],
            reply: [position]
        ),
        Route(
            .delete,
            "/api/docs/{doc}",
            .document(.delete),
            "Deletes a document and its versions; who is connected is told so.",
            [],
            reply: [position]
        ),
        Route(
            .post,
            "/api/docs/{doc}/updates",
            .document(.postUpdate),
            "Takes an update in, of the first format; on the disk when it is answered.",
            [],
            reply: [
                position, .may("missing", .boolean, "It waits for updates that it builds on."),
            ],
            bodyBytesMaximum: updateBytesMaximum
        ),
        Route(
            .get,
            "/api/docs/{doc}/state",
            .document(.state),
            "The document as one update: all of it, or what a state vector lacks.",
            [
                .may("format", .oneOf("v1", "v2")),
                .may("since", .text(1...100_000), "A state vector in base64url."),
            ],
            reply: []
        ),
        Route(
            .get,
            "/api/docs/{doc}/content",
            .document(.content),
            "What a root reads as.",
            [root, form],
            reply: [.need("root", .string), .need("content", .anything), position]
        ),
        Route(
            .put,
            "/api/docs/{doc}/content",
            .document(.replaceText),
            "Makes a text read like this, by as small an edit as its head and tail allow.",
            [root],
            reply: [position],
            bodyBytesMaximum: textBytesMaximum
        ),
        Route(
            .patch,
            "/api/docs/{doc}/content",
            .document(.edit),
            "Edits: all of the operations, or none.",
            [Parameter.need("operations", .array(.map(.anything), most: 1000)).inData],
            reply: [position],
            bodyBytesMaximum: textBytesMaximum
        ),
        Route(
            .get,
            "/api/docs/{doc}/authors",
            .document(.authors),
            "Who wrote, and as which clients of Yjs; with a root, who wrote which piece of it.",
            [.may("root", .text(1...1024), "A text.")],
            reply: [
                .may("authors", .array(.map(.anything))), .may("root", .string),
                .may("runs", .array(.named("Run"))), position,
            ]
        ),
    ]

    private static let versionRoutes: [Route] = [
        Route(
            .get,
            "/api/docs/{doc}/versions",
            .document(.versions),
            "The document's versions, newest first.",
            [.may("before", .messageID), limit],
            reply: [.need("versions", .array(.named("Version"))), .need("more", .boolean)]
        ),
        Route(
            .post,
            "/api/docs/{doc}/versions",
            .document(.saveVersion),
            "Keeps the document as it is now under a name.",
            [Parameter.need("name", .text(1...200)).inData],
            reply: [.need("versionId", .messageID), .need("name", .string), position]
        ),
        Route(
            .get,
            "/api/docs/{doc}/versions/{versionId}",
            .document(.version),
            "A version: what a root read as, or without one its state in the second format.",
            [version, .may("root", .text(1...1024)), form],
            reply: [
                .need("versionId", .messageID), .may("content", .anything),
                .may("state", .string, "Base64."),
            ]
        ),
        Route(
            .delete,
            "/api/docs/{doc}/versions/{versionId}",
            .document(.removeVersion),
            "Forgets a version.",
            [version],
            reply: [position]
        ),
        Route(
            .post,
            "/api/docs/{doc}/versions/{versionId}/restore",
            .document(.restore),
            "Makes the document read as it did, by new edits.",
            [version],
            reply: [position]
        ),
        Route(
            .get,
            "/api/docs/{doc}/versions/{versionId}/diff",
            .document(.diff),
            "What changed since a version, or from it to another.",
            [version, .may("to", .messageID), .may("root", .text(1...1024))],
            reply: [.need("roots", .array(.map(.anything)))]
        ),
    ]
}
