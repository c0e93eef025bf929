import CRDT
import Testing

/// What is done to updates alone, without a document, must give others the same document.
@Suite("Merging, cutting and converting updates beside others")
struct UpdateFunctionTests {
    private static let batch = 40

    @Test(
        "What is merged, cut and converted here is what others make of it",
        arguments: Peer.Kind.allCases
    )
    func functions(_ kind: Peer.Kind) async throws {
        let count = try await onOwnThread {
            let peer = try Peer(kind)
            let seeds = DifferentialSeed.cases(kind == .yjs ? 300 : 150, salt: 3)
            for start in stride(from: 0, to: seeds.count, by: Self.batch) {
                let part = Array(seeds[start..<min(start + Self.batch, seeds.count)])
                if let problem = try Self.problem(part, peer) {
                    Issue.record("\(problem)")
                    return start
                }
            }
            return seeds.count
        }
        print("functions of updates beside \(kind): \(count) cases")
    }

    private static func problem(_ seeds: [UInt64], _ peer: Peer) throws -> String? {
        let scripts = seeds.map { CaseScript(seed: $0, isForYjs: peer.kind == .yjs) }
        let runs = zip(scripts, try peer.ask(scripts.map(\.json))).map {
            DifferentialCase(script: $0, peer: peer.kind, answer: $1)
        }.filter { !$0.updates.isEmpty }
        var commands: [String] = []
        var chosen: [([[UInt8]], YStateVector)] = []
        for run in runs {
            var dice = CaseDice(run.script.seed ^ 0xF00D)
            // Some are missing, so that there are holes. yrs takes in what comes after one.
            let isWhole = peer.kind == .pycrdt
            let updates = run.updates.shuffled(using: &dice)
                .filter { _ in isWhole || !dice.isOne(in: 6) }
            guard !updates.isEmpty else { continue }
            // Somebody who has heard of some: a made-up vector could cut a surrogate pair.
            let heard = try updates.filter { _ in dice.isOne(in: 2) }
                .map { update throws(YDecodingError) in try YUpdate(v1: update) }
            let known = YUpdate.merge(heard).stateVector
            chosen.append((updates, known))
            commands.append(
                """
                {"do":"updates","vector":\(ScriptJSON.base64(known.encoded())),\
                "updates":\(ScriptJSON.list(updates.map(ScriptJSON.base64)))}
                """
            )
        }
        let answers = try peer.ask(commands)
        for (number, answer) in answers.enumerated() {
            let (updates, known) = chosen[number]
            if let sentence = try difference(updates, known, answer, peer) {
                return "\(sentence)\n\(peer.kind), seed \(DifferentialSeed.value), updates "
                    + "\(updates.map { Canonical.hex(of: $0) }), vector \(known.clocks)"
            }
        }
        return nil
    }

    private static func difference(
        _ updates: [[UInt8]],
        _ known: YStateVector,
        _ answer: PeerAnswer,
        _ peer: Peer
    ) throws -> String? {
        guard let merged = answer.merged, let vector = answer.vector else {
            return "the peer failed: \(answer.error ?? "")"
        }
        let decoded = try updates.map { update throws(YDecodingError) in try YUpdate(v1: update) }
        for ((update, original), converted) in zip(zip(decoded, updates), answer.converted ?? []) {
            let theirs = try YUpdate(v2: [UInt8](converted)).encodedV1()
            let bytes = update.encodedV1()
            if !isSame(theirs, bytes) { return "their v2 becomes another v1" }
            if try YUpdate(v2: update.encodedV2()).encodedV1() != bytes {
                return "our v2 becomes another v1"
            }
            // Yjs keeps any order of deleting clients, we sort them.
            if theirs == bytes, bytes == original, update.encodedV2() != [UInt8](converted) {
                return "v1 becomes another v2: \(Canonical.hex(of: bytes)) becomes "
                    + Canonical.hex(of: update.encodedV2())
            }
        }
        let ours = YUpdate.merge(decoded)
        let theirs = try YUpdate(v1: [UInt8](merged))
        if ours.stateVector != theirs.stateVector { return "merged updates know something else" }
        if try ours.stateVector != YStateVector(bytes: [UInt8](vector)) {
            return "the merged update lets the peer know something else"
        }
        let expected = try document(theirs)
        var candidates = [ours, YUpdate.merge([theirs, ours])]
        if let v2 = answer.mergedV2 { candidates.append(try YUpdate(v2: [UInt8](v2))) }
        candidates.append(YUpdate.merge(decoded.reversed()))
        for candidate in candidates {
            if let sentence = difference(try document(candidate), expected) { return sentence }
        }
        guard let diff = answer.diff else { return nil }
        // Cut at what a document has: both ends must make the same of it.
        for cut in [ours.difference(from: known), try YUpdate(v1: [UInt8](diff))] {
            let rest = try document(cut)
            rest.apply(ours)
            if let sentence = difference(rest, expected) { return "after a cut, \(sentence)" }
        }
        let loaded = try peer.ask([ConcurrentEditTests.load([ours.encodedV1()])])[0]
        guard let reading = loaded.reading else { return "the peer failed: \(loaded.error ?? "")" }
        return expected.canonicalReading(peer.kind == .yjs ? .exact : .python)
            .difference(from: reading).map { "what is merged reads otherwise: \($0)" }
    }

    /// But for one bit of a map item that has an origin: nobody reads it, and Yjs forgets it when
    /// it converts.
    private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { $0 == $1 || $0 ^ $1 == 0x20 && $0 & 0xC0 != 0 }
    }

    private static func document(_ update: YUpdate) throws -> YDocument {
        let document = YDocument()
        try document.validate(update)
        document.apply(update)
        return document
    }

    private static func difference(_ one: YDocument, _ other: YDocument) -> String? {
        if one.stateVector != other.stateVector { return "a merged update leads elsewhere" }
        if (one.pendingSize == 0) != (other.pendingSize == 0) { return "another part is pending" }
        return one.canonicalReading(.exact).difference(from: other.canonicalReading(.exact))
    }
}
