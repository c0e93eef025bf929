import Reactor

/// A command on its way: to be answered once, whatever happens.
struct Request {
    typealias Completion = (Result<RedisValue, RedisError>) -> Void

    let command: RedisCommand
    let deadline: LoopInstant
    let completion: Completion
    /// How often it was sent somewhere and came back.
    var returns = 0
    /// Its script's source goes along.
    var isBySource = false

    init(_ command: RedisCommand, deadline: LoopInstant, completion: @escaping Completion) {
        self.command = command
        self.deadline = deadline
        self.completion = completion
    }

    var wire: [UInt8] {
        if isBySource, let fallback = command.fallback { return fallback.wire(bySource: true) }
        return command.wire
    }
}
