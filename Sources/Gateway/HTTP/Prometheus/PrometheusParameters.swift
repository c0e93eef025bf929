import Hub
import TimeSeries

/// The parameters of a request to Prometheus' API: from the query, and from a form in the body.
struct PrometheusParameters: Sendable {
    private let query: Query
    private let form: Query

    init(query: Query, form: Query) {
        self.query = query
        self.form = form
    }

    subscript(name: String) -> String? {
        let value = form[name] ?? query[name]
        return value?.isEmpty == true ? nil : value
    }

    /// All values of a parameter that may be given several times.
    func all(_ name: String) -> [String] {
        form.values(of: name) + query.values(of: name)
    }

    func need(_ name: String) throws(PrometheusError) -> String {
        guard let value = self[name] else {
            throw .badData("invalid parameter \"\(name)\": missing")
        }
        return value
    }

    /// A moment in milliseconds: seconds since 1970, or RFC 3339.
    func time(_ name: String) throws(PrometheusError) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let time = PrometheusTime.moment(text) else {
            throw .badData(
                "invalid parameter \"\(name)\": cannot parse \"\(text)\" to a valid timestamp"
            )
        }
        return time
    }

    /// A span in milliseconds: seconds, or a duration such as `5m`.
    func duration(_ name: String) throws(PrometheusError) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let duration = PrometheusTime.span(text) else {
            throw .badData(
                "invalid parameter \"\(name)\": cannot parse \"\(text)\" to a valid duration"
            )
        }
        return duration
    }

    /// How many results at the most; nil for all.
    func limit() throws(PrometheusError) -> Int? {
        guard let text = self["limit"] else { return nil }
        guard let limit = Int(text), limit >= 0 else {
            throw .badData("invalid parameter \"limit\": must be a whole number, not negative")
        }
        return limit == 0 ? nil : limit
    }

    /// The selectors of `match[]`: as many as a query may have, with as many patterns.
    func selectors() throws(PrometheusError) -> [[LabelMatcher]] {
        let texts = all("match[]")
        guard texts.count <= PromQuery.selectorsMaximum else {
            throw .badData("more than \(PromQuery.selectorsMaximum) match[] parameters")
        }
        var selectors: [[LabelMatcher]] = []
        for text in texts {
            do throws(PromQLError) {
                selectors.append(try PromQuery.parseSelector(text))
            } catch {
                throw .badData("invalid parameter \"match[]\": \(error.message)")
            }
        }
        guard selectors.joined().count(where: \.hasPattern) <= PromQuery.patternsMaximum else {
            throw .badData("more than \(PromQuery.patternsMaximum) patterns in match[] parameters")
        }
        return selectors
    }
}
