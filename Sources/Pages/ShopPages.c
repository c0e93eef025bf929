// Embeds the assets of the shop and of its staff's page.

#include "PageTable.h"

static const unsigned char shop_html[] = {
#embed "assets/shop.html"
};
static const unsigned char staff_html[] = {
#embed "assets/staff.html"
};
static const unsigned char address_js[] = {
#embed "assets/shop/address.js"
};
static const unsigned char api_js[] = {
#embed "assets/shop/api.js"
};
static const unsigned char art_js[] = {
#embed "assets/shop/art.js"
};
static const unsigned char cart_css[] = {
#embed "assets/shop/cart.css"
};
static const unsigned char cart_js[] = {
#embed "assets/shop/cart.js"
};
static const unsigned char cartdrawer_js[] = {
#embed "assets/shop/cartdrawer.js"
};
static const unsigned char cartlines_js[] = {
#embed "assets/shop/cartlines.js"
};
static const unsigned char catalogue_css[] = {
#embed "assets/shop/catalogue.css"
};
static const unsigned char catalogueview_js[] = {
#embed "assets/shop/catalogueview.js"
};
static const unsigned char checkout_css[] = {
#embed "assets/shop/checkout.css"
};
static const unsigned char checkoutview_js[] = {
#embed "assets/shop/checkoutview.js"
};
static const unsigned char countdown_js[] = {
#embed "assets/shop/countdown.js"
};
static const unsigned char drawings_js[] = {
#embed "assets/shop/drawings.js"
};
static const unsigned char frame_css[] = {
#embed "assets/shop/frame.css"
};
static const unsigned char header_js[] = {
#embed "assets/shop/header.js"
};
static const unsigned char main_js[] = {
#embed "assets/shop/main.js"
};
static const unsigned char money_js[] = {
#embed "assets/shop/money.js"
};
static const unsigned char navigation_js[] = {
#embed "assets/shop/navigation.js"
};
static const unsigned char notice_js[] = {
#embed "assets/shop/notice.js"
};
static const unsigned char onscreen_js[] = {
#embed "assets/shop/onscreen.js"
};
static const unsigned char orderlist_js[] = {
#embed "assets/shop/orderlist.js"
};
static const unsigned char ordernews_js[] = {
#embed "assets/shop/ordernews.js"
};
static const unsigned char orders_css[] = {
#embed "assets/shop/orders.css"
};
static const unsigned char orderstates_js[] = {
#embed "assets/shop/orderstates.js"
};
static const unsigned char orderview_js[] = {
#embed "assets/shop/orderview.js"
};
static const unsigned char paymentpanel_js[] = {
#embed "assets/shop/paymentpanel.js"
};
static const unsigned char pieces_css[] = {
#embed "assets/shop/pieces.css"
};
static const unsigned char product_css[] = {
#embed "assets/shop/product.css"
};
static const unsigned char productcard_js[] = {
#embed "assets/shop/productcard.js"
};
static const unsigned char productview_js[] = {
#embed "assets/shop/productview.js"
};
static const unsigned char quantitybox_js[] = {
#embed "assets/shop/quantitybox.js"
};
static const unsigned char route_js[] = {
#embed "assets/shop/route.js"
};
static const unsigned char shop_js[] = {
#embed "assets/shop/shop.js"
};
static const unsigned char stock_js[] = {
#embed "assets/shop/stock.js"
};
static const unsigned char stocklabel_js[] = {
#embed "assets/shop/stocklabel.js"
};
static const unsigned char timeline_js[] = {
#embed "assets/shop/timeline.js"
};
static const unsigned char totals_js[] = {
#embed "assets/shop/totals.js"
};
static const unsigned char who_js[] = {
#embed "assets/shop/who.js"
};
static const unsigned char staff_board_css[] = {
#embed "assets/shop/staff/board.css"
};
static const unsigned char staff_board_js[] = {
#embed "assets/shop/staff/board.js"
};
static const unsigned char staff_desk_js[] = {
#embed "assets/shop/staff/desk.js"
};
static const unsigned char staff_holdsdialog_js[] = {
#embed "assets/shop/staff/holdsdialog.js"
};
static const unsigned char staff_main_js[] = {
#embed "assets/shop/staff/main.js"
};
static const unsigned char staff_movesdialog_js[] = {
#embed "assets/shop/staff/movesdialog.js"
};
static const unsigned char staff_ordercard_js[] = {
#embed "assets/shop/staff/ordercard.js"
};
static const unsigned char staff_orderdialogs_js[] = {
#embed "assets/shop/staff/orderdialogs.js"
};
static const unsigned char staff_stock_css[] = {
#embed "assets/shop/staff/stock.css"
};
static const unsigned char staff_stockdialogs_js[] = {
#embed "assets/shop/staff/stockdialogs.js"
};
static const unsigned char staff_stockrow_js[] = {
#embed "assets/shop/staff/stockrow.js"
};
static const unsigned char staff_stocktable_js[] = {
#embed "assets/shop/staff/stocktable.js"
};

const struct martlet_page martlet_shop_pages[] = {
    { "/shop", html, shop_html, sizeof(shop_html), 1, 1 },
    { "/shop/staff", html, staff_html, sizeof(staff_html), 1, 0 },
    PAGE("/shop/address.js", script, address_js),
    PAGE("/shop/api.js", script, api_js),
    PAGE("/shop/art.js", script, art_js),
    PAGE("/shop/cart.css", style, cart_css),
    PAGE("/shop/cart.js", script, cart_js),
    PAGE("/shop/cartdrawer.js", script, cartdrawer_js),
    PAGE("/shop/cartlines.js", script, cartlines_js),
    PAGE("/shop/catalogue.css", style, catalogue_css),
    PAGE("/shop/catalogueview.js", script, catalogueview_js),
    PAGE("/shop/checkout.css", style, checkout_css),
    PAGE("/shop/checkoutview.js", script, checkoutview_js),
    PAGE("/shop/countdown.js", script, countdown_js),
    PAGE("/shop/drawings.js", script, drawings_js),
    PAGE("/shop/frame.css", style, frame_css),
    PAGE("/shop/header.js", script, header_js),
    PAGE("/shop/main.js", script, main_js),
    PAGE("/shop/money.js", script, money_js),
    PAGE("/shop/navigation.js", script, navigation_js),
    PAGE("/shop/notice.js", script, notice_js),
    PAGE("/shop/onscreen.js", script, onscreen_js),
    PAGE("/shop/orderlist.js", script, orderlist_js),
    PAGE("/shop/ordernews.js", script, ordernews_js),
    PAGE("/shop/orders.css", style, orders_css),
    PAGE("/shop/orderstates.js", script, orderstates_js),
    PAGE("/shop/orderview.js", script, orderview_js),
    PAGE("/shop/paymentpanel.js", script, paymentpanel_js),
    PAGE("/shop/pieces.css", style, pieces_css),
    PAGE("/shop/product.css", style, product_css),
    PAGE("/shop/productcard.js", script, productcard_js),
    PAGE("/shop/productview.js", script, productview_js),
    PAGE("/shop/quantitybox.js", script, quantitybox_js),
    PAGE("/shop/route.js", script, route_js),
    PAGE("/shop/shop.js", script, shop_js),
    PAGE("/shop/stock.js", script, stock_js),
    PAGE("/shop/stocklabel.js", script, stocklabel_js),
    PAGE("/shop/timeline.js", script, timeline_js),
    PAGE("/shop/totals.js", script, totals_js),
    PAGE("/shop/who.js", script, who_js),
    PAGE("/shop/staff/board.css", style, staff_board_css),
    PAGE("/shop/staff/board.js", script, staff_board_js),
    PAGE("/shop/staff/desk.js", script, staff_desk_js),
    PAGE("/shop/staff/holdsdialog.js", script, staff_holdsdialog_js),
    PAGE("/shop/staff/main.js", script, staff_main_js),
    PAGE("/shop/staff/movesdialog.js", script, staff_movesdialog_js),
    PAGE("/shop/staff/ordercard.js", script, staff_ordercard_js),
    PAGE("/shop/staff/orderdialogs.js", script, staff_orderdialogs_js),
    PAGE("/shop/staff/stock.css", style, staff_stock_css),
    PAGE("/shop/staff/stockdialogs.js", script, staff_stockdialogs_js),
    PAGE("/shop/staff/stockrow.js", script, staff_stockrow_js),
    PAGE("/shop/staff/stocktable.js", script, staff_stocktable_js),
};

const size_t martlet_shop_pages_count =
    sizeof(martlet_shop_pages) / sizeof(martlet_shop_pages[0]);
