import Hub

/// What a command of the native protocol takes and answers: the one table behind REST, OpenAPI and
/// AsyncAPI.
struct CommandShape: Sendable {
    /// What a command is about.
    enum Scope: Sendable {
        /// A room or a document.
        case room
        case hub
        case session
    }

    let action: String
    let scope: Scope
    let summary: String
    let parameters: [Parameter]
    let reply: [Parameter]
    /// Makes a record, so it takes an idempotency key.
    let isStored: Bool
    /// The action that grants are asked for, where it has another name.
    let grant: String

    private init(
        _ action: String,
        _ scope: Scope,
        _ summary: String,
        _ parameters: [Parameter],
        reply: [Parameter],
        isStored: Bool = false,
        grant: String? = nil
    ) {
        self.action = action
        self.scope = scope
        self.summary = summary
        self.parameters = parameters
        self.reply = reply
        self.isStored = isStored
        self.grant = grant ?? action
    }

    /// A command that a room stores.
    static func change(
        _ action: String,
        _ summary: String,
        _ data: [Parameter] = [],
        reply: [Parameter] = []
    ) -> CommandShape {
        CommandShape(
            action,
            .room,
            summary,
            data.map(\.inData),
            reply: [.may("position", .position, "Where in the log; absent if nothing changed.")]
                + reply,
            isStored: true
        )
    }

    /// The same with fields of its own, and none in `data` but those that say so.
    static func record(
        _ action: String,
        _ summary: String,
        _ parameters: [Parameter],
        reply: [Parameter] = []
    ) -> CommandShape {
        CommandShape(
            action,
            .room,
            summary,
            parameters,
            reply: [.may("position", .position, "Where in the log; absent if nothing changed.")]
                + reply,
            isStored: true
        )
    }

    /// Something a room is told and does not store.
    static func signal(
        _ action: String,
        _ summary: String,
        _ data: [Parameter],
        reply: [Parameter] = []
    ) -> CommandShape {
        CommandShape(action, .room, summary, data.map(\.inData), reply: reply)
    }

    /// A question to a room.
    static func question(
        _ action: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        reply: [Parameter],
        grant: String? = nil
    ) -> CommandShape {
        CommandShape(action, .room, summary, parameters, reply: reply, grant: grant)
    }

    /// A question to the hub.
    static func search(
        _ action: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        reply: [Parameter]
    ) -> CommandShape {
        CommandShape(action, .hub, summary, parameters, reply: reply)
    }

    /// A command that one's own topic stores, which needs not be named.
    static func own(
        _ action: String,
        _ summary: String,
        _ data: [Parameter]
    ) -> CommandShape {
        CommandShape(
            action,
            .hub,
            summary,
            data.map(\.inData),
            reply: [.may("position", .position, "Where in the log; absent if nothing changed.")],
            isStored: true
        )
    }

    /// A command about the session itself.
    static func session(
        _ action: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        reply: [Parameter] = []
    ) -> CommandShape {
        CommandShape(action, .session, summary, parameters, reply: reply)
    }
}
