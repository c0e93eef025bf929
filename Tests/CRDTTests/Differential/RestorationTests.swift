import CRDT
import Testing

/// If these fail, restoring a version makes another document than the one that was kept.
@Suite("Restoring earlier states")
struct RestorationTests {
    private static let batch = 40

    /// What Yjs made, twice: the state that is kept, and what became of it.
    private struct Case {
        let seed: UInt64
        let kept: YDocument
        let document: YDocument
        let updates: [[UInt8]]
        let reading: PeerAnswer.Reading
    }

    @Test("What Yjs reads after a restoration is what it read when the state was kept")
    func random() async throws {
        let count = try await onOwnThread {
            let peer = try Peer(.yjs)
            let seeds = DifferentialSeed.cases(600, salt: 7)
            for start in stride(from: 0, to: seeds.count, by: Self.batch) {
                let some = Array(seeds[start..<min(start + Self.batch, seeds.count)])
                if let problem = try Self.problem(in: try Self.cases(some, peer), peer) {
                    Issue.record("\(problem)")
                    return start
                }
            }
            return seeds.count
        }
        print("restorations read by Yjs: \(count) cases")
    }

    private static func edits(_ dice: inout CaseDice, _ client: Int, _ known: [[UInt8]]) -> String {
        var maker = EditMaker(dice: CaseDice(dice.next()), isForYjs: true)
        // Half of the cases are of XML alone, so that its elements and texts grow.
        let isXML = dice.isOne(in: 2)
        let edits = (0..<(2 + dice.below(14))).map { _ in
            var edit = maker.edit()
            while isXML, edit.root != .xml { edit = maker.edit() }
            if isXML { edit.path = (0..<dice.below(4)).map { _ in dice.below(100) } }
            return edit
        }
        return """
            {"do":"edit","client":\(client),"gc":\(dice.isOne(in: 2)),\
            "updates":\(ScriptJSON.list(known.map(ScriptJSON.base64))),\
            "edits":\(ScriptJSON.list(edits.map(\.json)))}
            """
    }

    private static func cases(_ seeds: [UInt64], _ peer: Peer) throws -> [Case] {
        var dice = seeds.map { CaseDice($0) }
        let first = try peer.ask(seeds.indices.map { edits(&dice[$0], 1, []) })
        let kept = first.map { answer in answer.update.map { [[UInt8]($0)] } ?? [] }
        let then = try peer.ask(seeds.indices.map { edits(&dice[$0], 2, kept[$0]) })
        return try seeds.indices.map { number in
            guard let reading = first[number].reading, then[number].reading != nil else {
                throw PeerFailure(first[number].error ?? then[number].error ?? "no reading")
            }
            let updates = kept[number] + (then[number].update.map { [[UInt8]($0)] } ?? [])
            return Case(
                seed: seeds[number],
                kept: try document(kept[number]),
                document: try document(updates),
                updates: updates,
                reading: reading
            )
        }
    }

    private static func document(_ updates: [[UInt8]]) throws -> YDocument {
        let document = YDocument()
        for update in updates { document.apply(try YUpdate(v1: update)) }
        return document
    }

    private static func problem(in cases: [Case], _ peer: Peer) throws -> String? {
        var commands: [String] = []
        for each in cases {
            let made = try each.document.edit(client: 3) { edit throws(YEditError) in
                try YRestoration(of: each.kept, in: each.document).perform(&edit)
            }
            let again = try each.document.edit(client: 3) { edit throws(YEditError) in
                try YRestoration(of: each.kept, in: each.document).perform(&edit)
            }
            if again != nil { return "case \(each.seed): what is restored is restored again" }
            if let difference = difference(in: each) {
                return "case \(each.seed), read here: \(difference)"
            }
            commands.append(ConcurrentEditTests.load(each.updates + (made.map { [$0] } ?? [])))
        }
        for (each, answer) in zip(cases, try peer.ask(commands)) {
            guard let reading = answer.reading else { return answer.error ?? "no reading" }
            let ours = each.document.canonicalReading(.exact)
            if let difference = reading.difference(from: ours) {
                return "case \(each.seed), read by Yjs: \(difference)"
            }
        }
        return nil
    }

    /// Between what was restored, as it reads here, and what Yjs read.
    private static func difference(in each: Case) -> String? {
        var (ours, theirs) = (each.document.canonicalReading(.exact), each.reading)
        // What says the same may stand in more runs, where a mark was set that changes nothing.
        let canonical = Canonical(precision: .exact)
        ours.delta = each.document.canonicalDelta(joined(each.document.delta("t")), canonical)
        theirs.delta = each.kept.canonicalDelta(joined(each.kept.delta("t")), canonical)
        return ours.difference(from: theirs)
    }

    private static func joined(_ operations: [YDeltaOperation]) -> [YDeltaOperation] {
        operations.reduce(into: []) { runs, next in
            if let last = runs.last, case .text(let before) = last.insert,
                case .text(let text) = next.insert, last.attributes == next.attributes
            {
                runs[runs.count - 1].insert = .text(before + text)
            } else {
                runs.append(next)
            }
        }
    }

    @Test("XML comes back with attributes, formats and order, and what is equal stays as it is")
    func xml() throws {
        let document = YDocument()
        let first = try document.edit(client: 1) { edit throws(YEditError) in
            for (index, word) in ["one", "two", "three"].enumerated() {
                let element = try edit.insertType(.xmlElement("p"), at: index, in: "x")
                try edit.setAttribute("class", to: word, in: element)
                let text = try edit.insertType(.xmlText, at: 0, in: element)
                try edit.insert(word, at: 0, in: text)
                try edit.format(0..<2, in: text, attributes: [YMember(key: "b", value: true)])
            }
        }
        let kept = YDocument()
        kept.apply(try YUpdate(v1: first ?? []))
        let reading = kept.xml("x")
        #expect(reading.contains(#"<p class="two"><b>tw</b>o</p>"#))
        let outer = document.child(at: 0, of: "x")
        _ = try document.edit(client: 2) { edit throws(YEditError) in
            let second = document.child(at: 1, of: "x")
            guard let second, let text = document.child(at: 0, of: second) else { return }
            try edit.setAttribute("class", to: "other", in: second)
            try edit.format(0..<3, in: text, attributes: [YMember(key: "b", value: .null)])
            try edit.delete(2..<3, in: "x")
        }
        #expect(document.xml("x") != reading)
        _ = try document.edit(client: 3) { edit throws(YEditError) in
            try YRestoration(of: kept, in: document).perform(&edit)
        }
        #expect(document.xml("x") == reading)
        #expect(document.child(at: 0, of: "x") == outer)
    }

    @Test("Of texts that only look the same, the one that was kept comes back")
    func scalars() throws {
        let document = YDocument()
        let first = try document.edit(client: 1) { edit throws(YEditError) in
            try edit.insert("e\u{301}", at: 0, in: "t")
        }
        let kept = YDocument()
        kept.apply(try YUpdate(v1: first ?? []))
        _ = try document.edit(client: 2) { edit throws(YEditError) in
            try edit.setText("\u{E9}", in: "t")
        }
        _ = try document.edit(client: 3) { edit throws(YEditError) in
            try YRestoration(of: kept, in: document).perform(&edit)
        }
        #expect(Array(document.text("t").unicodeScalars) == ["e", "\u{301}"])
    }
}
