import Hub

/// Every action of the native protocol on metric streams but `join`.
enum StreamCatalogue {
    static let all: [CommandShape] = [
        .signal(
            "push",
            "Takes samples of one metric in.",
            [.need("samples", .array(sample, most: 10_000))],
            reply: [
                .need("accepted", .count), .may("refused", .count),
                .may("message", .string, "Why some were refused."),
            ]
        ),
        .question(
            "query",
            "Samples of a stream over a time, at equal steps.",
            [
                .may("labels", .string, "More matchers: `host=\"a\",job=~\"b.*\"`."),
                .may("from", .timestamp, "An hour before `until` where it is missing."),
                .may("until", .timestamp, "Now where it is missing."),
                .may("step", .integer(1...1 << 40), "In milliseconds."),
                .may("window", .integer(1...1 << 40), "Of each step; `step` where it is missing."),
                .may("function", function, "What is made of a window's samples."),
            ],
            reply: [
                .need("from", .timestamp), .need("until", .timestamp), .need("step", .count),
                .need("series", .array(series)),
            ]
        ),
    ]

    /// As a query parameter the topic is a field, too.
    static let topic = Parameter.need("topic", .topic, "`stream:cpu`, or a selector's topic.")

    private static let function = Schema.oneOf(
        "avg",
        "count",
        "last",
        "max",
        "min",
        "p50",
        "p95",
        "p99",
        "rate",
        "sum"
    )

    private static let sample: Schema = .object([
        .need("value", .anything), .may("at", .timestamp, "Now where it is missing."),
        .may("labels", .map(.string)),
    ])

    private static let series: Schema = .object([
        .need("labels", .map(.string)), .need("times", .array(.timestamp)),
        .need("values", .array(.anything), "Numbers; null where there is none that JSON has."),
    ])
}
