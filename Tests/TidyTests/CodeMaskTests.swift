import Testing

/// The rules see code as code: what is in a comment or a string is neither banned nor overlooked.
@Suite("A Swift file is parted into code and comments")
struct CodeMaskTests {
    private func code(_ text: String) -> String {
        String(decoding: CodeMask(text).code, as: UTF8.self)
    }

    private func comments(_ text: String) -> String {
        String(decoding: CodeMask(text).comments, as: UTF8.self)
    }

    @Test("The code is as long as the text, line by line")
    func keepsOffsets() {
        let text = "let a = \"é\n/* x\n*/ b\n\"\"\"\nc\n\"\"\"\n"
        #expect(code(text).utf8.count == text.utf8.count)
        #expect(code(text).split(separator: "\n", omittingEmptySubsequences: false).count == 7)
    }

    @Test("Comments are no code, and may be nested")
    func blanksComments() {
        #expect(code("a // b") == "a     ")
        #expect(code("a /* b /* c */ d */ e").filter { $0 != " " } == "ae")
        #expect(comments("a // b").filter { $0 != " " } == "//b")
        #expect(comments("a /* b */ c").contains("b"))
        #expect(!comments("a /* b */ c").contains("c"))
    }

    @Test("Strings are no code, but what is interpolated is")
    func blanksStrings() {
        #expect(code(#"f("a", "\"b", "")"#).filter { $0 != " " } == "f(,,)")
        #expect(code(##"f("a\(b!(c))d")"##).filter { $0 != " " } == "f(b!(c)))")
        #expect(code(###"f(#"a"b\(c)"#, #"\#(d)"#)"###).filter { $0 != " " } == "f(,d))")
        #expect(code("f(\"\"\"\n  a \" b // c\n  \"\"\", d)").filter { $0 != " " } == "f(\n\n,d)")
    }

    @Test("A slash in a string opens no comment, and a quote in a comment no string")
    func keepsThemApart() {
        #expect(code("a(\"// b\"); c").contains("; c"))
        #expect(code("// it's \"quoted\na").contains("a"))
    }

    @Test("A quote that never closes ends with its line")
    func recovers() {
        #expect(code("let r = /\"/\nlet b = 1").contains("let b = 1"))
    }

    @Test("Text cut at any byte is still read to its end")
    func survivesCuts() {
        let text = "f(\"a\\(b(\"c\"))\") /* d */ #\"e\"# \"\"\"\nf\n\"\"\" // g"
        for end in text.indices {
            let cut = String(text[..<end])
            #expect(CodeMask(cut).code.count == cut.utf8.count)
        }
    }
}
