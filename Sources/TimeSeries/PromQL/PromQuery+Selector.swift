extension PromQuery {
    /// The matchers of a text that is a selector and nothing more, such as `up{job="hub"}`.
    package static func selector(_ text: String) throws(PromQLError) -> [LabelMatcher] {
        guard case .selector(let selector) = try parse(text).expression, selector.shift.offset == 0,
            selector.shift.anchor == nil
        else { throw PromQLError(.badData, "the text is no plain selector") }
        return selector.matchers
    }
}
