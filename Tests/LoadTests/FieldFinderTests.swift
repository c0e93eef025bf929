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
            #expect(finder.end(in: near.span) == 13)
            #expect(finder.end(in: far.span) == 30)
        }
    }

    @Test("A field that is absent or cut off is not found")
    func absent() {
        var finder = FieldFinder("\"position\":\"")
        #expect(finder.end(in: Array(#"{"topic":"x"}"#.utf8).span) == nil)
        #expect(finder.end(in: Array(#"{"position""#.utf8).span) == nil)
        #expect(finder.end(in: [].span) == nil)
    }
}
