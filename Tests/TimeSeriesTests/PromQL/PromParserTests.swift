import Testing

@testable import TimeSeries

@Suite("PromQL: text to tree")
struct PromParserTests {
    @Test(
        "What is no query is refused with place and reason",
        arguments: [
            ("", "1:1: parse error: no expression found in input"),
            ("# comment only", "1:1: parse error: no expression found in input"),
            ("foo bar", "1:5: parse error: unexpected identifier \"bar\""),
            ("foo\n  bar", "2:3: parse error: unexpected identifier \"bar\""),
            ("1+", "1:3: parse error: unexpected end of input"),
            ("(1", "1:3: parse error: unclosed left parenthesis"),
            ("1)", "1:2: parse error: unexpected right parenthesis ')'"),
            ("a{", "1:3: parse error: unexpected end of input inside braces"),
            ("a[5m", "1:5: parse error: unclosed left bracket"),
            ("a[5]", "1:3: parse error: missing unit character in duration"),
            ("a[0s]", "1:3: parse error: duration must be greater than 0"),
            ("a[1m1h]", "1:3: parse error: not a valid duration string: \"1m1h\""),
            ("a[300y]", "1:3: parse error: duration out of range"),
            ("5m", "1:1: parse error: unexpected duration \"5m\""),
            ("a{b=}", "1:5: parse error: unexpected \"}\" in label matching, expected string"),
            (
                "a{b}",
                "1:4: parse error: unexpected \"}\" in label matching, "
                    + "expected label matching operator"
            ),
            (
                "a{b=\"c\" d}",
                "1:9: parse error: unexpected identifier \"d\" in label matching, "
                    + "expected \",\" or \"}\""
            ),
            ("a{b=\"c}", "1:5: parse error: unterminated quoted string"),
            ("a $ b", "1:3: parse error: unexpected character: '$'"),
            ("a ä b", "1:3: parse error: unexpected character: 'ä'"),
            ("a =~ b", "1:3: parse error: unexpected character after '=': '~'"),
            (
                "{}",
                "1:1: parse error: vector selector must contain at least one non-empty matcher"
            ),
            (
                "{a=~\".*\"}",
                "1:1: parse error: vector selector must contain at least one non-empty matcher"
            ),
            (
                "a{__name__=\"b\"}",
                "1:1: parse error: metric name must not be set twice: \"a\" or \"b\""
            ),
            ("a{b=~\"(\"}", "1:3: parse error: error parsing regexp: missing closing ): `(`"),
            ("(a)[5m]", "1:4: parse error: ranges only allowed for vector selectors"),
            ("a offset 1m [5m]", "1:13: parse error: no offset modifiers allowed before range"),
            ("a @ 5 [5m]", "1:7: parse error: no @ modifiers allowed before range"),
            ("a offset 1m offset 1m", "1:1: parse error: offset may not be set multiple times"),
            (
                "1 offset 1m",
                "1:1: parse error: offset modifier must be preceded by an instant vector selector "
                    + "or range vector selector or a subquery"
            ),
            (
                "a @ Inf",
                "1:1: parse error: timestamp out of bounds for @ modifier: Inf"
            ),
        ]
    )
    func refused(text: String, message: String) {
        #expect(throws: PromQLError.query(message)) { try PromQuery.parse(text) }
    }

    @Test(
        "What can't be evaluated is refused before it is tried",
        arguments: [
            ("foo(a)", "1:1: parse error: unknown function with name \"foo\""),
            ("rate()", "1:1: parse error: expected 1 argument(s) in call to \"rate\", got 0"),
            (
                "rate(a)",
                "1:6: parse error: expected type range vector in call to function \"rate\", "
                    + "got instant vector"
            ),
            (
                "round(a, 1, 2)",
                "1:1: parse error: expected at most 2 argument(s) in call to \"round\", got 3"
            ),
            ("abs(a,)", "1:6: parse error: trailing commas not allowed in function call args"),
            (
                "sum(a, b)",
                "1:1: parse error: wrong number of arguments for aggregate expression provided, "
                    + "expected 1, got 2"
            ),
            ("sum()", "1:1: parse error: no arguments for aggregate expression provided"),
            (
                "sum(1)",
                "1:5: parse error: expected type instant vector in aggregation expression, "
                    + "got scalar"
            ),
            (
                "topk(a, a)",
                "1:6: parse error: expected type scalar in aggregation parameter, "
                    + "got instant vector"
            ),
            (
                "sum by a (b)",
                "1:8: parse error: unexpected identifier \"a\" in grouping opts, expected \"(\""
            ),
            ("1 == 1", "1:3: parse error: comparisons between scalars must use BOOL modifier"),
            (
                "a + bool b",
                "1:3: parse error: bool modifier can only be used on comparison operators"
            ),
            (
                "a and 1",
                "1:1: parse error: set operator \"and\" not allowed in binary scalar expression"
            ),
            (
                "a and on(b) group_left c",
                "1:1: parse error: no grouping allowed for \"and\" operation"
            ),
            (
                "a * on(b) group_left(b) c",
                "1:3: parse error: label \"b\" must not occur in ON and GROUP clause at once"
            ),
            (
                "a[5m] + 1",
                "1:1: parse error: binary expression must contain only scalar and instant "
                    + "vector types"
            ),
            (
                "-a[5m]",
                "1:1: parse error: unary expression only allowed on expressions of type scalar "
                    + "or instant vector, got \"range vector\""
            ),
            (
                "a[5m][1h:1m]",
                "1:1: parse error: subquery is only allowed on instant vector, got matrix instead"
            ),
        ]
    )
    func mistyped(text: String, message: String) {
        #expect(throws: PromQLError.query(message)) { try PromQuery.parse(text) }
    }

    @Test(
        "Operators bind as mathematics has it",
        arguments: [
            ("-1 ^ 2", -1.0), ("2 ^ 3 ^ 2", 512), ("2 ^ -1", 0.5), ("-2 * 3 + 4", -2),
            ("1 + 2 * 3", 7), ("8 / 4 / 2", 1), ("7 % 4 * 2", 6), ("(1 + 2) * 3", 9),
            ("1 + 1 == bool 2", 1), ("1 < bool 2 == bool 1", 1), ("2 - -1", 3), ("0x1F", 31),
            ("017", 15), ("089", 89), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1e-3", 0.001),
            ("-Inf", -.infinity), ("iNf", .infinity), ("5 # five", 5), ("1 atan2 1 * 4", .pi),
        ]
    )
    func precedence(text: String, value: Double) throws {
        let range = try QueryRange(at: 0)
        guard case .scalar(let sample) = try PromQuery.parse(text).evaluate([], over: range) else {
            Issue.record("\(text) is no scalar")
            return
        }
        #expect(sample.value == value)
    }

    @Test(
        "Keywords name metrics and labels where nothing else could stand",
        arguments: [
            "sum", "by{offset=\"x\"}", "sum(sum)", "sum by (by, bool) (sum)", "min offset 5m",
            "a{sum=\"b\",}", "SUM(a)", "sum(a) BY (b)", "start", ":a:b", "count by (job,) (up)",
            "end{start=\"end\"}",
        ]
    )
    func keywords(text: String) throws {
        _ = try PromQuery.parse(text)
    }

    @Test("A selector alone is what a series is asked for by")
    func selector() throws {
        #expect(
            try PromQuery.parseSelector("up{job!=\"a\"}") == [
                LabelMatcher("job", .notEqual, "a"), LabelMatcher("__name__", .equal, "up"),
            ]
        )
        for text in ["up[5m]", "up offset 1m", "up @ 1", "sum(up)", "up + up", "1", "{}"] {
            #expect(throws: PromQLError.self) { try PromQuery.parseSelector(text) }
        }
    }

    @Test("Names beyond ASCII stand in quotes")
    func quotedNames() throws {
        let query = try PromQuery.parse(#"{"my.metric", "label.name"="v"}"#)
        let range = try QueryRange(at: 0)
        #expect(
            query.selections(over: range)[0].matchers == [
                LabelMatcher("__name__", .equal, "my.metric"),
                LabelMatcher("label.name", .equal, "v"),
            ]
        )
    }

    @Test(
        "Strings have Go's escapes",
        arguments: [
            (#""a\n\t\\\"""#, "a\n\t\\\""), (#"'it\'s'"#, "it's"), ("`raw\\n`", "raw\\n"),
            (#""\x41\u00e4\U0001F600\101""#, "Aä😀A"), (#""\xc3\xa4""#, "ä"),
        ]
    )
    func strings(text: String, value: String) throws {
        let range = try QueryRange(at: 0)
        guard case .string(let found, _) = try PromQuery.parse(text).evaluate([], over: range)
        else {
            Issue.record("\(text) is no string")
            return
        }
        #expect(found == value)
    }

    @Test(
        "Bad escapes are refused",
        arguments: [#""\q""#, #""\x4""#, #""\ud800""#, #""\777""#, #""\'""#]
    )
    func badEscapes(text: String) {
        #expect(throws: PromQLError.self) { try PromQuery.parse(text) }
    }

    @Test("Any run of bytes is a query or an error, never the end")
    func noise() {
        var dice = SeededNumbers(7)
        let words = [
            "a", "b", "(", ")", "[", "]", "{", "}", ",", ":", "5m", "1", "\"x\"", "=", "=~", "!=",
            "+", "-", "^", "sum", "rate", "by", "on", "ignoring", "group_left", "offset", "@",
            "bool", "and", "start", "\\", "'", "`", "#", "\n", "0x", "1e", "ä", "\0", "le",
        ]
        for _ in 0..<5_000 {
            let count = Int.random(in: 1...12, using: &dice)
            let text = (0..<count).map { _ in words.randomElement(using: &dice) ?? "" }
                .joined(separator: Bool.random(using: &dice) ? "" : " ")
            _ = try? PromQuery.parse(text)
        }
    }
}
