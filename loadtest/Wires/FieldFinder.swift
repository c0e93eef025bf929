/// Finds where a field's value begins in JSON, without reading the rest.
///
/// Messages of one kind look alike, so the place where the field was last time is tried first;
/// that makes a delivery a dozen comparisons, whatever its length.
struct FieldFinder {
    private let needle: [UInt8]
    private var hint = 0

    init(_ needle: String) {
        self.needle = Array(needle.utf8)
    }

    /// The place behind the first occurrence of the needle.
    mutating func end(in text: Span<UInt8>) -> Int? {
        if stands(at: hint, in: text) { return hint + needle.count }
        var place = 0
        while place + needle.count <= text.count {
            if stands(at: place, in: text) {
                hint = place
                return place + needle.count
            }
            place += 1
        }
        return nil
    }

    private func stands(at place: Int, in text: Span<UInt8>) -> Bool {
        guard place + needle.count <= text.count else { return false }
        for index in 0..<needle.count where text[place + index] != needle[index] {
            return false
        }
        return true
    }
}
