import Testing

@testable import LoadTest

/// If these fail, positions are read from the wrong place.
struct FieldFinderTests {
    @Test("A field is found where it was last time, and where it was not")
    func moves() {
        var finder = FieldFinder("\"position\":\"")
        let near = Array(#"{"position":"a:1"}"#.utf8)
        let far = Array(#"{"topic":"room:x","position":"a:1"}"#.utf8)
        for _ in 0..<2 {
            #expect(end(&finder, near) == 13)
            #expect(end(&finder, far) == 30)
        }
    }

    @Test("A field that is absent or cut off is not found")
    func absent() {
        var finder = FieldFinder("\"position\":\"")
        #expect(end(&finder, Array(#"{"topic":"x"}"#.utf8)) == nil)
        #expect(end(&finder, Array(#"{"position""#.utf8)) == nil)
        #expect(end(&finder, []) == nil)
    }

    /// Outside the macro, which can't take a span apart.
    private func end(_ finder: inout FieldFinder, _ bytes: [UInt8]) -> Int? {
        finder.end(in: bytes.span)
    }
}
