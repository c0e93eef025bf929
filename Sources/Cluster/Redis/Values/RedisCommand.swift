/// A command, in the form in which it is written, and where it belongs. Its arguments are bytes.

package struct RedisCommand: Sendable {
    package enum Target: Hashable, Sendable {
        /// The master of a slot: that of the command's key.
        case slot(KeySlot)
        /// Whichever node is at hand.
        case any
        case node(RedisEndpoint)
    }

    let wire: [UInt8]
    let target: Target
    /// What stands in for EVALSHA when the node doesn't know the script: EVAL, with its source.
    let fallback: ScriptCall?

    /// All keys of a command have one slot, so one of them is enough.
    package init(_ arguments: [[UInt8]], key: [UInt8]? = nil) {
        self.init(arguments, to: key.map { .slot(KeySlot(of: $0)) } ?? .any)
    }

    package init(_ arguments: [[UInt8]], to target: Target) {
        var writer = CommandWriter(arguments: arguments.count)
        for argument in arguments { writer.append(argument) }
        wire = writer.bytes
        self.target = target
        fallback = nil
    }

    package init(_ words: String..., key: String? = nil) {
        self.init(words.map { Array($0.utf8) }, key: key.map { Array($0.utf8) })
    }

    /// A script's call. All its keys have one slot; a script without keys runs on any node.
    package init(_ script: RedisScript, keys: [[UInt8]], arguments: [[UInt8]]) {
        let call = ScriptCall(script, keys: keys, arguments: arguments)
        wire = call.wire(bySource: false)
        target = keys.first.map { .slot(KeySlot(of: $0)) } ?? .any
        fallback = call
    }

    init(wire: [UInt8], target: Target) {
        self.wire = wire
        self.target = target
        fallback = nil
    }
}
