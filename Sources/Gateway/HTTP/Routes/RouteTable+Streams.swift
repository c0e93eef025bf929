import HTTPTypes

/// The part of the REST API that asks about metric streams.
extension RouteTable {
    static let streams: [Route] =
        CommandCatalogue.byAction["query"].map { shape in
            [
                Route(
                    .get,
                    "/api/streams/query",
                    .command(shape),
                    shape.summary,
                    [StreamCatalogue.topic] + shape.parameters,
                    reply: shape.reply
                )
            ]
        } ?? []
}
