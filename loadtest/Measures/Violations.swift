/// What went wrong in a run: all of it counted, the first of it in words.
final class Violations {
    private(set) var count = 0
    private(set) var first: [String] = []

    func add(_ sentence: String) {
        count += 1
        if first.count < 10 { first.append(sentence) }
    }

    func require(_ isTrue: Bool, _ sentence: @autoclosure () -> String) {
        if !isTrue { add(sentence()) }
    }
}
