import Testing

/// The ceiling for functions is only as good as the search for where they end.
@Suite("The extent of a function is found")
struct FunctionExtentTests {
    private func extents(_ text: String) -> [Int] {
        FunctionExtent.all(in: SourceFile(path: "Sources/A/B.swift", text: text)).map(\.lines)
    }

    @Test("A function ends with the brace that closes it")
    func findsEnd() {
        #expect(extents("func a() {\n    if b {\n    }\n}\n") == [4])
        #expect(extents("func a(\n    b: Int\n) -> [Int] {\n    b\n}") == [5])
        #expect(extents("func a() { b() }") == [1])
    }

    @Test("A closure among the parameters is not the body")
    func skipsDefaultClosure() {
        #expect(extents("func a(b: () -> Void = { c() }) {\n    d()\n}") == [3])
    }

    @Test("A requirement of a protocol has no body")
    func skipsRequirements() {
        #expect(
            extents("protocol P {\n    func a()\n    func b()\n    var c: Int { get }\n}") == []
        )
    }

    @Test("A call of an initialiser is no declaration")
    func skipsCalls() {
        #expect(extents("struct S {\n    let a = S.init(b) { c }\n    let d = (init: 1)\n}") == [])
        #expect(extents("extension S {\n    init(a: Int) {\n        self.init()\n    }\n}") == [3])
    }

    @Test("A brace in a string or a comment counts for nothing")
    func skipsText() {
        #expect(extents("func a() {\n    b(\"}\")  // }\n}") == [3])
    }
}
