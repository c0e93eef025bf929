/// Names and quoting as PromQL has them.
extension String {
    /// Quoted as Go's `%q` quotes, which is what Prometheus's errors show.
    var quotedForErrors: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whether it may name a label without quotes.
    var isLabelName: Bool {
        guard let first = utf8.first, first.isLetter else { return false }
        return utf8.allSatisfy(\.isWord)
    }
}
