/// A rejection as clients read it: the `error` of a reply, in REST the same.
extension Rejection {
    package var json: JSON {
        var error: JSON = [
            "code": .string(code.rawValue), "message": .string(message), "retry": .bool(retry),
        ]
        if let retryAfterMilliseconds { error.append("retryAfter", .int(retryAfterMilliseconds)) }
        if let position { error.append("position", .string(position.description)) }
        return error
    }

    /// Rounded up: who comes back earlier is refused again.
    package var retryAfterMilliseconds: Int64? {
        guard retry, let retryAfter else { return nil }
        let floor = retryAfter.milliseconds
        return retryAfter > .milliseconds(floor) ? floor + 1 : floor
    }
}
