import Testing

@testable import TimeSeries

@Suite("Regular expressions of matchers")
struct LabelPatternTests {
    private static let cases: [(pattern: String, matching: [String], others: [String])] = [
        ("", [""], ["a"]),
        ("abc", ["abc"], ["ab", "abcd", "xabc"]),
        ("a|bc|", ["a", "bc", ""], ["b", "abc"]),
        ("a.c", ["abc", "a\nc", "aäc", "a🐦c"], ["ac", "abbc"]),
        (".*", ["", "anything\n🐦"], []),
        (".+", ["x"], [""]),
        ("a*b+c?", ["b", "aabb", "bc"], ["ac", "abcc"]),
        ("(ab)+", ["ab", "abab"], ["", "aba"]),
        ("x{3}", ["xxx"], ["xx", "xxxx"]),
        ("x{2,}", ["xx", "xxxxx"], ["x"]),
        ("x{1,3}y", ["xy", "xxxy"], ["y", "xxxxy"]),
        ("x{,3}", ["x{,3}"], ["xx"]),
        ("a{b", ["a{b"], ["ab"]),
        ("[a-c]+", ["abc"], ["abd", ""]),
        ("[^a-c]+", ["xyz", "ä"], ["xay"]),
        ("[]a]+", ["]a"], ["b"]),
        ("[a-]+", ["a-"], ["b"]),
        (#"[\d\-]+"#, ["1-2"], ["a"]),
        (#"\d{3}\.\w+\s"#, ["123.a_1 "], ["12.a ", "123xa "]),
        ("[[:alpha:]]+[[:^digit:]]", ["ab-"], ["ab1"]),
        ("(?i)hub", ["HUB", "hub", "hUb"], ["hu"]),
        ("(?i:h)ub", ["Hub"], ["hUb"]),
        ("(?i)ä", ["Ä", "ä"], ["a"]),
        ("(?-s).", ["a"], ["\n"]),
        ("^a$", ["a"], ["", "aa"]),
        ("a^b", [], ["ab"]),
        ("(^|x)a($|y)", ["a", "xa", "ay", "xay"], ["xxa"]),
        ("$", [""], ["a"]),
        (#"\Qa.b\E+"#, ["a.b", "a.bb"], ["axb", "a.b+"]),
        (#"\x41\x{1F426}"#, ["A🐦"], ["A"]),
        ("(?P<name>a)(?:b)(?<other>c)", ["abc"], ["ab"]),
        ("[α-ω]+", ["αβγ"], ["abc"]),
        ("a*?b", ["aab", "b"], ["a"]),
        ("(a*)*b", ["b", "aaab"], ["a"]),
        ("/api/.*/(users|orders)", ["/api/v1/users"], ["/api/users"]),
    ]

    @Test("An expression matches the whole value or not at all", arguments: cases)
    func table(_ pattern: String, _ matching: [String], _ others: [String]) throws {
        var compiled = try LabelPattern(pattern)
        for text in matching {
            let matches = compiled.matches(text)
            #expect(matches, "\(text)")
            #expect(compiled.captures(in: Array(text.utf8)) != nil, "\(text)")
        }
        for text in others {
            let matches = compiled.matches(text)
            #expect(!matches, "\(text)")
            #expect(compiled.captures(in: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(
        "What is no expression is refused",
        arguments: [
            "(", ")", "a)", "[a", "[z-a]", "*", "a**", "+", #"\"#, #"\8"#, #"\y"#, "(?z)", "(?P<a)",
            "x{1001}", "x{3,2}", "[[:nope:]]", #"\x{110000}"#, "((x{1000}){1000}){1000}",
            "(?:(?:(?:){1000}){1000}){1000}", String(repeating: "(", count: 200),
        ]
    )
    func refused(_ pattern: String) {
        #expect(throws: LabelPatternError.self) { try LabelPattern(pattern) }
    }

    @Test("Groups are where Perl would find them")
    func captures() throws {
        func groups(_ pattern: String, _ text: String) throws -> [String?]? {
            let bytes = Array(text.utf8)
            return try LabelPattern(pattern).captures(in: bytes)?.map { range in
                range.map { String(decoding: bytes[$0], as: UTF8.self) }
            }
        }
        #expect(try groups("(.*):(.*)", "a:b:c") == ["a:b:c", "a:b", "c"])
        #expect(try groups("(.*?):(.*)", "a:b:c") == ["a:b:c", "a", "b:c"])
        #expect(try groups("(a)|(b)", "b") == ["b", nil, "b"])
        #expect(try groups("(?P<x>[a-z]+)(\\d+)?", "abc") == ["abc", "abc", nil])
        #expect(try groups("(a|ab)(c|bcd)(d*)", "abcd") == ["abcd", "a", "bcd", ""])
        #expect(try groups("x", "y") == nil)
        #expect(try LabelPattern("(?P<x>a)(b)").groups == ["x", nil])
    }

    @Test("Plain alternatives are known as such")
    func literals() throws {
        #expect(try LabelPattern("web-1|web-2").literals == ["web-1", "web-2"])
        #expect(try LabelPattern("(?:a|b)").literals == ["a", "b"])
        #expect(try LabelPattern("").literals == [""])
        #expect(try LabelPattern("a.c").literals == nil)
        #expect(try LabelPattern("(?i)a").literals == nil)
        #expect(try LabelPattern("a|b*").literals == nil)
    }

    @Test("An expression that others take for ever over takes no time")
    func catastrophe() throws {
        var pattern = try LabelPattern("(x+x+)+y|(a|a)*b|(.*)(.*)(.*)(.*)[xyz]{30}q")
        let texts = [
            String(repeating: "x", count: 4000), String(repeating: "a", count: 4000) + "b",
        ]
        #expect(texts.map { pattern.matches($0) } == [false, true])
    }

    /// Tries all ways.
    private func ends(_ node: PatternNode, _ text: [Unicode.Scalar], _ at: Int) -> Set<Int> {
        switch node {
        case .empty: return [at]
        case .set(let set):
            guard at < text.count, set.ranges.contains(where: { $0.contains(text[at].value) })
            else { return [] }
            return [at + 1]
        case .sequence(let nodes):
            return nodes.reduce([at]) { places, node in
                places.reduce(into: []) { $0.formUnion(ends(node, text, $1)) }
            }
        case .choice(let nodes):
            return nodes.reduce(into: []) { $0.formUnion(ends($1, text, at)) }
        case .repetition(let node, let least, let most, _):
            var all: Set<Int> = least == 0 ? [at] : []
            var places: Set<Int> = [at]
            for round in 1...max(most ?? text.count + least + 1, 1) where most != 0 {
                places = places.reduce(into: []) { $0.formUnion(ends(node, text, $1)) }
                if round >= least { all.formUnion(places) }
            }
            return all
        case .group(let node, _): return ends(node, text, at)
        case .textStart: return at == 0 ? [at] : []
        case .textEnd: return at == text.count ? [at] : []
        }
    }

    private func randomPattern(_ depth: Int, _ random: inout SeededNumbers) -> String {
        let part = { (random: inout SeededNumbers) in self.randomPattern(depth - 1, &random) }
        switch Int.random(in: 0..<(depth > 0 ? 9 : 3), using: &random) {
        case 0: return "a"
        case 1: return "b"
        case 2: return ["[ab]", ".", "[^a]", "ä", "^", "$"].randomElement(using: &random) ?? ""
        case 3, 4: return part(&random) + part(&random)
        case 5: return "(?:\(part(&random))|\(part(&random)))"
        case 6: return "(?:\(part(&random)))*"
        case 7: return "(\(part(&random)))?"
        default: return "(?:\(part(&random))){1,2}"
        }
    }

    @Test("States, threads and trying all ways agree", arguments: 0..<40 as Range<UInt64>)
    func differential(_ seed: UInt64) throws {
        var random = SeededNumbers(seed)
        for _ in 0..<20 {
            let source = randomPattern(4, &random)
            var parser = PatternParser(source)
            let node = try parser.parse()
            var pattern = try LabelPattern(source)
            for _ in 0..<20 {
                let length = Int.random(in: 0..<7, using: &random)
                let text = String(
                    (0..<length).map { _ in "abä".randomElement(using: &random) ?? "a" }
                )
                let scalars = Array(text.unicodeScalars)
                let expected = ends(node, scalars, 0).contains(scalars.count)
                let matches = pattern.matches(text)
                #expect(matches == expected, "\(source) on \(text)")
                #expect((pattern.captures(in: Array(text.utf8)) != nil) == expected)
            }
        }
    }
}
