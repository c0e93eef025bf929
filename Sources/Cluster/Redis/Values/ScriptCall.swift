/// A script with its keys and arguments, which are encoded once for both ways of calling it.

struct ScriptCall: Sendable {
    private let script: RedisScript
    private let arguments: Int
    private let tail: [UInt8]

    init(_ script: RedisScript, keys: [[UInt8]], arguments: [[UInt8]]) {
        self.script = script
        self.arguments = 3 + keys.count + arguments.count
        var writer = CommandWriter()
        writer.append(Array(String(keys.count).utf8))
        for key in keys { writer.append(key) }
        for argument in arguments { writer.append(argument) }
        tail = writer.bytes
    }

    func wire(bySource: Bool) -> [UInt8] {
        var writer = CommandWriter(arguments: arguments)
        writer.append(Array((bySource ? "EVAL" : "EVALSHA").utf8))
        writer.append(bySource ? script.source : script.digest)
        return writer.bytes + tail
    }
}
