import CRDT
import Foundation
import Testing

/// Clients of two other implementations edit at the same time; we must see what they see, and
/// they what we hand on.
@Suite("Concurrent edits of other implementations")
struct ConcurrentEditTests {
    private static let batch = 40

    @Test(
        "What clients of another implementation make reads the same here",
        arguments: Peer.Kind.allCases
    )
    func readsTheSame(_ kind: Peer.Kind) async throws {
        let count = try await onOwnThread {
            let peer = try Peer(kind)
            let seeds = DifferentialSeed.cases(kind.isYjs ? 600 : 400, salt: 1)
            for start in stride(from: 0, to: seeds.count, by: Self.batch) {
                let problems = try Self.problems(
                    Array(seeds[start..<min(start + Self.batch, seeds.count)]),
                    peer
                )
                for problem in problems { Issue.record("\(problem)") }
                if !problems.isEmpty { return start }
            }
            return seeds.count
        }
        print("concurrent edits of \(kind): \(count) cases")
    }

    private static func problems(_ seeds: [UInt64], _ peer: Peer) throws -> [String] {
        let scripts = seeds.map { CaseScript(seed: $0, isForYjs: peer.kind.isYjs) }
        let answers = try peer.ask(scripts.map(\.json))
        var commands: [String] = []
        var checks: [(DifferentialCase, YDocument)] = []
        for (script, answer) in zip(scripts, answers) {
            var run = DifferentialCase(script: script, peer: peer.kind, answer: answer)
            let (difference, document) = try run.check()
            if let difference { return [difference] }
            checks.append((run, document))
            commands += try returnCommands(of: run, document, peer)
        }
        let perCase = commands.count / max(checks.count, 1)
        let loaded = try peer.ask(commands)
        for (number, (run, document)) in checks.enumerated() {
            for answer in loaded[(number * perCase)..<((number + 1) * perCase)] {
                if let difference = difference(run, document, answer) { return [difference] }
            }
        }
        return []
    }

    /// What we encode, for the peer to load: whole, in pieces, and after a client's own state.
    private static func returnCommands(
        of run: DifferentialCase,
        _ document: YDocument,
        _ peer: Peer
    ) throws -> [String] {
        var dice = CaseDice(run.script.seed ^ 0xBACC)
        let whole = document.encodeStateV1()
        // Somebody who has heard of some: a made-up vector could cut a surrogate pair.
        let heard = YDocument()
        for update in run.updates where dice.isOne(in: 2) { heard.apply(try YUpdate(v1: update)) }
        let known = heard.stateVector
        let piece = document.encodeStateV1(since: known)
        var commands = [
            load([whole]), load([piece, whole]), load([heard.encodeStateV1(), piece]),
        ]
        if peer.kind.isYjs {
            commands += [
                load([document.encodeStateV2()], version: 2),
                load([document.encodeStateV2(since: known), document.encodeStateV2()], version: 2),
                load([try YUpdate(v2: document.encodeStateV2()).encodedV1()]),
            ]
        }
        commands.append(load(run.updates.shuffled(using: &dice) + [whole]))
        let merged = YUpdate.merge(
            try run.updates.map { update throws(YDecodingError) in
                try YUpdate(v1: update)
            }
        )
        commands.append(load([merged.encodedV1(), whole]))
        return commands
    }

    static func load(_ updates: [[UInt8]], version: Int = 1) -> String {
        """
        {"do":"load","version":\(version),\
        "updates":\(ScriptJSON.list(updates.map(ScriptJSON.base64)))}
        """
    }

    private static func difference(
        _ run: DifferentialCase,
        _ document: YDocument,
        _ answer: PeerAnswer
    ) -> String? {
        guard let reading = answer.reading, let vector = answer.vector else {
            return run.problem("the peer does not load what we encode: \(answer.error ?? "")")
        }
        if let vector = try? YStateVector(bytes: [UInt8](vector)), vector != document.stateVector {
            return run.problem("the peer has \(vector.clocks), not \(document.stateVector.clocks)")
        }
        let ours = document.canonicalReading(run.precision)
        return ours.difference(from: reading).map {
            run.problem(
                "the peer reads what we encode otherwise: \($0)\n    "
                    + Canonical.hex(of: document.encodeStateV1())
            )
        }
    }
}
