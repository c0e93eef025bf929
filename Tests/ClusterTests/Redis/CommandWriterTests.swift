import CHiredis
import Testing

@testable import Cluster

@Suite("Commands as bytes")
struct CommandWriterTests {
    @Test("They are the bytes that hiredis writes, whatever the arguments hold")
    func agreesWithHiredis() {
        let commands: [[[UInt8]]] = [
            [[UInt8]("PING")], [[UInt8]("SET"), [0, 13, 10, 255], []],
            [[UInt8]("X"), [UInt8](repeating: 36, count: 123_456)],
            (0..<1000).map { [UInt8]("\($0)") },
        ]
        for arguments in commands {
            #expect(RedisCommand(arguments).wire == formatted(arguments))
        }
        let script = RedisScript("return 1")
        let call = RedisCommand(script, keys: [[UInt8]("k")], arguments: [[1], [2]])
        let digest = [UInt8]("EVALSHA"), source = [UInt8]("EVAL")
        let tail: [[UInt8]] = [[UInt8]("1"), [UInt8]("k"), [1], [2]]
        #expect(call.wire == formatted([digest, script.digest] + tail))
        #expect(call.fallback?.wire(bySource: true) == formatted([source, script.source] + tail))
    }

    private func formatted(_ arguments: [[UInt8]]) -> [UInt8] {
        // One block of memory for all arguments, which hiredis is shown in pieces.
        let joined: [UInt8] = Array(arguments.joined()) + [0]
        var lengths = arguments.map(\.count)
        return joined.withUnsafeBytes { bytes in
            var places: [UnsafePointer<CChar>?] = []
            var offset = 0
            for argument in arguments {
                places.append(
                    bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
                )
                offset += argument.count
            }
            var target: UnsafeMutablePointer<CChar>?
            let count = redisFormatCommandArgv(
                &target,
                Int32(arguments.count),
                &places,
                &lengths
            )
            defer { redisFreeCommand(target) }
            return Array(UnsafeRawBufferPointer(start: target, count: Int(count)))
        }
    }
}
