import HTTPTypes
import Hub

/// The part of the REST API that is about items and products. A reservation's id names its item.
extension RouteTable {
    static let stock: [Route] = items + reservations + products

    private static let items: [Route] = [
        Route(.get, "/api/items", "items"),
        Route(.get, "/api/items/{item}", "stock"),
        Route(.post, "/api/items/{item}/receive", "receive"),
        Route(.post, "/api/items/{item}/adjust", "adjust"),
        Route(.post, "/api/items/{item}/threshold", "setThreshold"),
        Route(.post, "/api/items/{item}/reservations", "reserve"),
        Route(.get, "/api/items/{item}/holds", "holds"),
        Route(.get, "/api/items/{item}/moves", "moves"),
    ]

    private static let reservations: [Route] = [
        Route(.post, "/api/reservations/{reservationId}/commit", "commit"),
        Route(.post, "/api/reservations/{reservationId}/release", "release"),
        Route(.post, "/api/reservations/{reservationId}/extend", "extend"),
    ]

    private static let products: [Route] = [
        Route(.get, "/api/products", "products"),
        Route(.get, "/api/products/{product}", "product"),
        Route(.put, "/api/products/{product}", "put"),
    ]
}
