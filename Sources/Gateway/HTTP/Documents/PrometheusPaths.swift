import Hub

/// Prometheus' query API as paths of OpenAPI. What its answers hold is Prometheus' to say.
enum PrometheusPaths {
    private struct Path {
        let template: String
        let identifier: String
        let summary: String
        var takesForm = false
        let parameters: [Parameter]
    }

    private static let moment = "Seconds since 1970, or RFC 3339."
    private static let query = Parameter.need("query", .string, "PromQL.")
    private static let lookback = Parameter.may("lookback_delta", .string, "As `5m`, or seconds.")
    private static let span: [Parameter] = [
        .may("start", .string, moment), .may("end", .string, moment),
        .may("limit", .count, "How many results at the most; 0 for all."),
    ]
    private static let selectors = Parameter.may(
        "match[]",
        .array(.string),
        "Selectors: series that one of them at least selects."
    )

    private static let all = [
        Path(
            template: "/api/v1/query",
            identifier: "promQuery",
            summary: "A query at one time, as Prometheus answers it.",
            takesForm: true,
            parameters: [
                query, .may("time", .string, moment + " Now where it is missing."), lookback,
            ]
        ),
        Path(
            template: "/api/v1/query_range",
            identifier: "promQueryRange",
            summary: "A query at equal steps, as Prometheus answers it.",
            takesForm: true,
            parameters: [
                query, .need("start", .string, moment), .need("end", .string, moment),
                .need("step", .string, "As `15s`, or seconds."), lookback,
            ]
        ),
        Path(
            template: "/api/v1/series",
            identifier: "promSeries",
            summary: "The labels of series.",
            takesForm: true,
            parameters: [.need("match[]", .array(.string), "Selectors.")] + span
        ),
        Path(
            template: "/api/v1/labels",
            identifier: "promLabels",
            summary: "The names of labels.",
            takesForm: true,
            parameters: [selectors] + span
        ),
        Path(
            template: "/api/v1/label/{name}/values",
            identifier: "promLabelValues",
            summary: "The values of a label.",
            parameters: [selectors] + span
        ),
        Path(
            template: "/api/v1/metadata",
            identifier: "promMetadata",
            summary: "What senders said of their metrics.",
            parameters: [.may("metric", .string, "Of that one only."), .may("limit", .count)]
        ),
        Path(
            template: "/api/v1/status/buildinfo",
            identifier: "promBuildInformation",
            summary: "The version of Prometheus whose meaning queries have.",
            parameters: []
        ),
        Path(
            template: "/api/v1/status/tsdb",
            identifier: "promCardinality",
            summary: "How many series there are, and of what.",
            parameters: []
        ),
    ]

    static var members: [JSON.Member] {
        all.map { path in
            var operations = [JSON.Member("get", operation(path, isForm: false))]
            if path.takesForm {
                operations.append(JSON.Member("post", operation(path, isForm: true)))
            }
            return JSON.Member(path.template, .object(operations))
        }
    }

    private static func operation(_ path: Path, isForm: Bool) -> JSON {
        var parameters: [JSON] = Route.placeholders(path.template).map { name in
            [
                "name": .string(name), "in": "path", "required": true,
                "schema": Schema.string.json,
            ]
        }
        if !isForm { parameters += path.parameters.map(inQuery) }
        var operation: JSON = [
            "operationId": .string(path.identifier + (isForm ? "ByForm" : "")),
            "summary": .string(path.summary),
            "tags": ["metrics"],
            "parameters": .array(parameters),
        ]
        if isForm {
            let form: JSON = ["schema": Schema.object(path.parameters).json]
            operation.append(
                "requestBody",
                ["required": true, "content": ["application/x-www-form-urlencoded": form]]
            )
        }
        operation.append(
            "responses",
            [
                "200": ["description": "`status` is success.", "content": content(success)],
                "default": ["description": "`status` is error.", "content": content(failure)],
            ]
        )
        return operation
    }

    private static func inQuery(_ parameter: Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
            "description": .string(parameter.summary), "schema": parameter.schema.json,
        ]
    }

    private static func content(_ schema: Schema) -> JSON {
        ["application/json": ["schema": schema.json]]
    }

    private static let success: Schema = .object([
        .need("status", .oneOf("success")), .need("data", .anything),
    ])

    private static let failure: Schema = .object([
        .need("status", .oneOf("error")), .need("errorType", .string), .need("error", .string),
    ])
}
