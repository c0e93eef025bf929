/// Where content is cut in two.
struct ContentSplit {
    /// The first byte of the right part; of a pair that is torn, the first byte of that pair.
    var byte: Int
    /// Whether the cut goes through a surrogate pair, whose halves then become U+FFFD each.
    var tearsPair: Bool
}
