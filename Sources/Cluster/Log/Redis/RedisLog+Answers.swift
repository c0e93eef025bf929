import Hub

/// How commands are sent and answers are read.
extension RedisLog {
    func run(
        _ script: RedisScript,
        _ keys: [[UInt8]],
        _ arguments: [[UInt8]]
    ) async throws(SharedLogError) -> [RedisValue] {
        let answer = try await ask(RedisCommand(script, keys: keys, arguments: arguments))
        return answer.array ?? [answer]
    }

    func ask(_ command: RedisCommand) async throws(SharedLogError) -> RedisValue {
        do throws(RedisError) {
            return try await client.send(command)
        } catch {
            throw error.mayHaveBeenCarriedOut
                ? .uncertain(error.description) : .unavailable(error.description)
        }
    }

    /// PUBLISH or SPUBLISH.
    func publishing() throws(SharedLogError) -> [UInt8] {
        guard let command = client.publishCommand else {
            throw .unavailable("Redis has not been found yet.")
        }
        return Array(command.utf8)
    }

    func bytes(_ number: some BinaryInteger) -> [UInt8] { Array(String(number).utf8) }

    func bytes(_ epoch: Epoch) -> [UInt8] { Array(epoch.description.utf8) }

    func number(_ values: [RedisValue], _ index: Int) -> UInt64? {
        guard index < values.count else { return nil }
        return values[index].text.flatMap { UInt64($0) }
    }

    /// `epoch sequence entry first`; nil where one is missing, or a number that no entry has.
    func place(_ values: [RedisValue]) -> LogPlace? {
        guard let epoch = values[0].text.flatMap({ Epoch($0) }), let sequence = number(values, 1),
            let entry = values[2].text.flatMap({ EntryMessage.number($0) }),
            let first = number(values, 3), first >= 1, sequence < UInt64(Int64.max)
        else { return nil }
        return LogPlace(epoch: epoch, sequence: sequence, entry: entry, first: first)
    }
}
