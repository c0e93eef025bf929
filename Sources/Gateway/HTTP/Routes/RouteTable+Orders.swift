import HTTPTypes
import Hub

/// The part of the REST API that is about carts and orders. Who asks has one cart, so no path
/// names it.
extension RouteTable {
    static let orders: [Route] = carts + ordering

    private static let carts: [Route] = [
        Route(.get, "/api/cart", "cart", own: .cart),
        Route(.put, "/api/cart", "setLines", own: .cart),
        Route(.delete, "/api/cart", "clearCart", own: .cart),
        Route(.put, "/api/cart/lines/{sku}", "setLine", own: .cart),
        Route(.delete, "/api/cart/lines/{sku}", "removeLine", own: .cart),
        Route(.post, "/api/cart/merge-token", "offerMerge", own: .cart),
        Route(.post, "/api/cart/merge", "mergeCart", own: .cart),
        Route(
            .post,
            "/api/cart/checkout",
            "checkout",
            own: .cart,
            location: "/api/orders/{orderId}"
        ),
    ]

    private static let ordering: [Route] = [
        Route(.get, "/api/orders", "orders"),
        Route(.get, "/api/orders/{order}", "order"),
        Route(.post, "/api/orders/{order}/pay", "pay"),
        Route(.post, "/api/orders/{order}/pack", "pack"),
        Route(.post, "/api/orders/{order}/ship", "ship"),
        Route(.post, "/api/orders/{order}/deliver", "deliver"),
        Route(.post, "/api/orders/{order}/cancel", "cancel"),
        Route(.post, "/api/orders/{order}/refund", "refund"),
    ]
}
