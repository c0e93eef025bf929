/// `sort` and `sort_desc`, which mean something at one step only.
extension StepVector {
    /// By the values of the first step, NaN last either way.
    func sorted(descending: Bool) -> StepVector {
        guard steps == 1 else { return self }
        let order = rows.sorted { one, two in
            let (left, right) = (self[one, 0], self[two, 0])
            if left.isNaN || right.isNaN { return !left.isNaN && right.isNaN }
            return descending ? left > right : left < right
        }
        var sorted = StepVector(steps: steps)
        for row in order { sorted.append(row, of: self) }
        return sorted
    }
}
