/// Delete sets are written client by client.
extension [YDeleteRange] {
    /// The ranges of each client, in their order.
    var byClient: [ArraySlice<YDeleteRange>] {
        var slices: [ArraySlice<YDeleteRange>] = []
        var start = 0
        for index in indices {
            guard index + 1 == count || self[index + 1].client != self[index].client else {
                continue
            }
            slices.append(self[start...index])
            start = index + 1
        }
        return slices
    }
}
