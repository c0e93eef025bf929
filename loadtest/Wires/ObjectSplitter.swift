/// Walks through the objects of a JSON array, looking at nothing but brackets and quotes.
struct ObjectSplitter {
    private var place = 1

    mutating func next(in text: Span<UInt8>) -> Range<Int>? {
        while place < text.count, text[place] != UInt8(ascii: "{") { place += 1 }
        let start = place
        var depth = 0
        var isQuoted = false
        while place < text.count {
            let byte = text[place]
            place += 1
            if isQuoted {
                if byte == UInt8(ascii: "\\") { place += 1 }
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return start..<place }
            }
        }
        return nil
    }
}
