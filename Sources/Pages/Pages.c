// Embeds the assets: the binary serves its pages without any file beside it.

#include "Pages.h"

// #embed is C23; clang takes it in every mode and says so, pedantically.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char html[] = "text/html; charset=utf-8";
static const char script[] = "text/javascript; charset=utf-8";
static const char style[] = "text/css; charset=utf-8";
static const char image[] = "image/svg+xml";
static const char manifest[] = "application/manifest+json";

static const unsigned char index_html[] = {
#embed "assets/index.html"
};
static const unsigned char martlet_js[] = {
#embed "assets/martlet.js"
};
static const unsigned char favicon_svg[] = {
#embed "assets/favicon.svg"
};
static const unsigned char manifest_webmanifest[] = {
#embed "assets/manifest.webmanifest"
};
static const unsigned char martlet_environment_js[] = {
#embed "assets/martlet/environment.js"
};
static const unsigned char martlet_error_js[] = {
#embed "assets/martlet/error.js"
};
static const unsigned char martlet_link_js[] = {
#embed "assets/martlet/link.js"
};
static const unsigned char martlet_outbox_js[] = {
#embed "assets/martlet/outbox.js"
};
static const unsigned char martlet_subscription_js[] = {
#embed "assets/martlet/subscription.js"
};
static const unsigned char martlet_ulid_js[] = {
#embed "assets/martlet/ulid.js"
};
static const unsigned char martlet_waiting_js[] = {
#embed "assets/martlet/waiting.js"
};
static const unsigned char chat_activitypanel_js[] = {
#embed "assets/chat/activitypanel.js"
};
static const unsigned char chat_attachment_js[] = {
#embed "assets/chat/attachment.js"
};
static const unsigned char chat_avatar_js[] = {
#embed "assets/chat/avatar.js"
};
static const unsigned char chat_bans_js[] = {
#embed "assets/chat/bans.js"
};
static const unsigned char chat_chat_js[] = {
#embed "assets/chat/chat.js"
};
static const unsigned char chat_completion_js[] = {
#embed "assets/chat/completion.js"
};
static const unsigned char chat_composer_css[] = {
#embed "assets/chat/composer.css"
};
static const unsigned char chat_composer_js[] = {
#embed "assets/chat/composer.js"
};
static const unsigned char chat_controls_css[] = {
#embed "assets/chat/controls.css"
};
static const unsigned char chat_dialogs_css[] = {
#embed "assets/chat/dialogs.css"
};
static const unsigned char chat_dialogs_js[] = {
#embed "assets/chat/dialogs.js"
};
static const unsigned char chat_dom_js[] = {
#embed "assets/chat/dom.js"
};
static const unsigned char chat_format_js[] = {
#embed "assets/chat/format.js"
};
static const unsigned char chat_icons_js[] = {
#embed "assets/chat/icons.js"
};
static const unsigned char chat_keyboard_js[] = {
#embed "assets/chat/keyboard.js"
};
static const unsigned char chat_layout_css[] = {
#embed "assets/chat/layout.css"
};
static const unsigned char chat_main_js[] = {
#embed "assets/chat/main.js"
};
static const unsigned char chat_memberspanel_js[] = {
#embed "assets/chat/memberspanel.js"
};
static const unsigned char chat_message_js[] = {
#embed "assets/chat/message.js"
};
static const unsigned char chat_messages_js[] = {
#embed "assets/chat/messages.js"
};
static const unsigned char chat_overlay_js[] = {
#embed "assets/chat/overlay.js"
};
static const unsigned char chat_panel_js[] = {
#embed "assets/chat/panel.js"
};
static const unsigned char chat_panels_css[] = {
#embed "assets/chat/panels.css"
};
static const unsigned char chat_pinspanel_js[] = {
#embed "assets/chat/pinspanel.js"
};
static const unsigned char chat_popover_js[] = {
#embed "assets/chat/popover.js"
};
static const unsigned char chat_room_js[] = {
#embed "assets/chat/room.js"
};
static const unsigned char chat_rooms_js[] = {
#embed "assets/chat/rooms.js"
};
static const unsigned char chat_roomview_js[] = {
#embed "assets/chat/roomview.js"
};
static const unsigned char chat_route_js[] = {
#embed "assets/chat/route.js"
};
static const unsigned char chat_rows_js[] = {
#embed "assets/chat/rows.js"
};
static const unsigned char chat_searchpanel_js[] = {
#embed "assets/chat/searchpanel.js"
};
static const unsigned char chat_sidebar_css[] = {
#embed "assets/chat/sidebar.css"
};
static const unsigned char chat_sidebar_js[] = {
#embed "assets/chat/sidebar.js"
};
static const unsigned char chat_signin_js[] = {
#embed "assets/chat/signin.js"
};
static const unsigned char chat_status_js[] = {
#embed "assets/chat/status.js"
};
static const unsigned char chat_theme_js[] = {
#embed "assets/chat/theme.js"
};
static const unsigned char chat_thread_js[] = {
#embed "assets/chat/thread.js"
};
static const unsigned char chat_threadpanel_js[] = {
#embed "assets/chat/threadpanel.js"
};
static const unsigned char chat_timeline_css[] = {
#embed "assets/chat/timeline.css"
};
static const unsigned char chat_timeline_js[] = {
#embed "assets/chat/timeline.js"
};
static const unsigned char chat_toast_js[] = {
#embed "assets/chat/toast.js"
};
static const unsigned char chat_tokens_css[] = {
#embed "assets/chat/tokens.css"
};
static const unsigned char chat_tools_js[] = {
#embed "assets/chat/tools.js"
};
static const unsigned char chat_words_js[] = {
#embed "assets/chat/words.js"
};
static const unsigned char docs_html[] = {
#embed "assets/docs.html"
};
static const unsigned char editor_api_js[] = {
#embed "assets/editor/api.js"
};
static const unsigned char editor_cursors_js[] = {
#embed "assets/editor/cursors.js"
};
static const unsigned char editor_difference_js[] = {
#embed "assets/editor/difference.js"
};
static const unsigned char editor_documentlist_js[] = {
#embed "assets/editor/documentlist.js"
};
static const unsigned char editor_documentview_js[] = {
#embed "assets/editor/documentview.js"
};
static const unsigned char editor_drafts_js[] = {
#embed "assets/editor/drafts.js"
};
static const unsigned char editor_editor_css[] = {
#embed "assets/editor/editor.css"
};
static const unsigned char editor_formatting_js[] = {
#embed "assets/editor/formatting.js"
};
static const unsigned char editor_inline_js[] = {
#embed "assets/editor/inline.js"
};
static const unsigned char editor_list_css[] = {
#embed "assets/editor/list.css"
};
static const unsigned char editor_main_js[] = {
#embed "assets/editor/main.js"
};
static const unsigned char editor_markdown_js[] = {
#embed "assets/editor/markdown.js"
};
static const unsigned char editor_people_js[] = {
#embed "assets/editor/people.js"
};
static const unsigned char editor_place_js[] = {
#embed "assets/editor/place.js"
};
static const unsigned char editor_prose_css[] = {
#embed "assets/editor/prose.css"
};
static const unsigned char editor_saving_js[] = {
#embed "assets/editor/saving.js"
};
static const unsigned char editor_savinglabel_js[] = {
#embed "assets/editor/savinglabel.js"
};
static const unsigned char editor_session_js[] = {
#embed "assets/editor/session.js"
};
static const unsigned char editor_shortcuts_js[] = {
#embed "assets/editor/shortcuts.js"
};
static const unsigned char editor_textbox_js[] = {
#embed "assets/editor/textbox.js"
};
static const unsigned char editor_titlebox_js[] = {
#embed "assets/editor/titlebox.js"
};
static const unsigned char editor_versionspanel_js[] = {
#embed "assets/editor/versionspanel.js"
};
static const unsigned char shop_html[] = {
#embed "assets/shop.html"
};
static const unsigned char staff_html[] = {
#embed "assets/staff.html"
};
static const unsigned char shop_address_js[] = {
#embed "assets/shop/address.js"
};
static const unsigned char shop_api_js[] = {
#embed "assets/shop/api.js"
};
static const unsigned char shop_art_js[] = {
#embed "assets/shop/art.js"
};
static const unsigned char shop_cart_css[] = {
#embed "assets/shop/cart.css"
};
static const unsigned char shop_cart_js[] = {
#embed "assets/shop/cart.js"
};
static const unsigned char shop_cartdrawer_js[] = {
#embed "assets/shop/cartdrawer.js"
};
static const unsigned char shop_cartlines_js[] = {
#embed "assets/shop/cartlines.js"
};
static const unsigned char shop_catalogue_css[] = {
#embed "assets/shop/catalogue.css"
};
static const unsigned char shop_catalogueview_js[] = {
#embed "assets/shop/catalogueview.js"
};
static const unsigned char shop_checkout_css[] = {
#embed "assets/shop/checkout.css"
};
static const unsigned char shop_checkoutview_js[] = {
#embed "assets/shop/checkoutview.js"
};
static const unsigned char shop_countdown_js[] = {
#embed "assets/shop/countdown.js"
};
static const unsigned char shop_drawings_js[] = {
#embed "assets/shop/drawings.js"
};
static const unsigned char shop_frame_css[] = {
#embed "assets/shop/frame.css"
};
static const unsigned char shop_header_js[] = {
#embed "assets/shop/header.js"
};
static const unsigned char shop_main_js[] = {
#embed "assets/shop/main.js"
};
static const unsigned char shop_money_js[] = {
#embed "assets/shop/money.js"
};
static const unsigned char shop_navigation_js[] = {
#embed "assets/shop/navigation.js"
};
static const unsigned char shop_notice_js[] = {
#embed "assets/shop/notice.js"
};
static const unsigned char shop_onscreen_js[] = {
#embed "assets/shop/onscreen.js"
};
static const unsigned char shop_orderlist_js[] = {
#embed "assets/shop/orderlist.js"
};
static const unsigned char shop_ordernews_js[] = {
#embed "assets/shop/ordernews.js"
};
static const unsigned char shop_orders_css[] = {
#embed "assets/shop/orders.css"
};
static const unsigned char shop_orderstates_js[] = {
#embed "assets/shop/orderstates.js"
};
static const unsigned char shop_orderview_js[] = {
#embed "assets/shop/orderview.js"
};
static const unsigned char shop_paymentpanel_js[] = {
#embed "assets/shop/paymentpanel.js"
};
static const unsigned char shop_pieces_css[] = {
#embed "assets/shop/pieces.css"
};
static const unsigned char shop_product_css[] = {
#embed "assets/shop/product.css"
};
static const unsigned char shop_productcard_js[] = {
#embed "assets/shop/productcard.js"
};
static const unsigned char shop_productview_js[] = {
#embed "assets/shop/productview.js"
};
static const unsigned char shop_quantitybox_js[] = {
#embed "assets/shop/quantitybox.js"
};
static const unsigned char shop_route_js[] = {
#embed "assets/shop/route.js"
};
static const unsigned char shop_shop_js[] = {
#embed "assets/shop/shop.js"
};
static const unsigned char shop_stock_js[] = {
#embed "assets/shop/stock.js"
};
static const unsigned char shop_stocklabel_js[] = {
#embed "assets/shop/stocklabel.js"
};
static const unsigned char shop_timeline_js[] = {
#embed "assets/shop/timeline.js"
};
static const unsigned char shop_totals_js[] = {
#embed "assets/shop/totals.js"
};
static const unsigned char shop_who_js[] = {
#embed "assets/shop/who.js"
};
static const unsigned char shop_staff_board_css[] = {
#embed "assets/shop/staff/board.css"
};
static const unsigned char shop_staff_board_js[] = {
#embed "assets/shop/staff/board.js"
};
static const unsigned char shop_staff_desk_js[] = {
#embed "assets/shop/staff/desk.js"
};
static const unsigned char shop_staff_holdsdialog_js[] = {
#embed "assets/shop/staff/holdsdialog.js"
};
static const unsigned char shop_staff_main_js[] = {
#embed "assets/shop/staff/main.js"
};
static const unsigned char shop_staff_movesdialog_js[] = {
#embed "assets/shop/staff/movesdialog.js"
};
static const unsigned char shop_staff_ordercard_js[] = {
#embed "assets/shop/staff/ordercard.js"
};
static const unsigned char shop_staff_orderdialogs_js[] = {
#embed "assets/shop/staff/orderdialogs.js"
};
static const unsigned char shop_staff_stock_css[] = {
#embed "assets/shop/staff/stock.css"
};
static const unsigned char shop_staff_stockdialogs_js[] = {
#embed "assets/shop/staff/stockdialogs.js"
};
static const unsigned char shop_staff_stockrow_js[] = {
#embed "assets/shop/staff/stockrow.js"
};
static const unsigned char shop_staff_stocktable_js[] = {
#embed "assets/shop/staff/stocktable.js"
};

#define PAGE(path, type, bytes) { path, type, bytes, sizeof(bytes), 0, 0 }

static const struct martlet_page pages[] = {
    { "/", html, index_html, sizeof(index_html), 1, 0 },
    { "/docs", html, docs_html, sizeof(docs_html), 1, 1 },
    { "/shop", html, shop_html, sizeof(shop_html), 1, 1 },
    { "/shop/staff", html, staff_html, sizeof(staff_html), 1, 0 },
    PAGE("/martlet.js", script, martlet_js),
    PAGE("/favicon.svg", image, favicon_svg),
    PAGE("/manifest.webmanifest", manifest, manifest_webmanifest),
    PAGE("/martlet/environment.js", script, martlet_environment_js),
    PAGE("/martlet/error.js", script, martlet_error_js),
    PAGE("/martlet/link.js", script, martlet_link_js),
    PAGE("/martlet/outbox.js", script, martlet_outbox_js),
    PAGE("/martlet/subscription.js", script, martlet_subscription_js),
    PAGE("/martlet/ulid.js", script, martlet_ulid_js),
    PAGE("/martlet/waiting.js", script, martlet_waiting_js),
    PAGE("/chat/activitypanel.js", script, chat_activitypanel_js),
    PAGE("/chat/attachment.js", script, chat_attachment_js),
    PAGE("/chat/avatar.js", script, chat_avatar_js),
    PAGE("/chat/bans.js", script, chat_bans_js),
    PAGE("/chat/chat.js", script, chat_chat_js),
    PAGE("/chat/completion.js", script, chat_completion_js),
    PAGE("/chat/composer.css", style, chat_composer_css),
    PAGE("/chat/composer.js", script, chat_composer_js),
    PAGE("/chat/controls.css", style, chat_controls_css),
    PAGE("/chat/dialogs.css", style, chat_dialogs_css),
    PAGE("/chat/dialogs.js", script, chat_dialogs_js),
    PAGE("/chat/dom.js", script, chat_dom_js),
    PAGE("/chat/format.js", script, chat_format_js),
    PAGE("/chat/icons.js", script, chat_icons_js),
    PAGE("/chat/keyboard.js", script, chat_keyboard_js),
    PAGE("/chat/layout.css", style, chat_layout_css),
    PAGE("/chat/main.js", script, chat_main_js),
    PAGE("/chat/memberspanel.js", script, chat_memberspanel_js),
    PAGE("/chat/message.js", script, chat_message_js),
    PAGE("/chat/messages.js", script, chat_messages_js),
    PAGE("/chat/overlay.js", script, chat_overlay_js),
    PAGE("/chat/panel.js", script, chat_panel_js),
    PAGE("/chat/panels.css", style, chat_panels_css),
    PAGE("/chat/pinspanel.js", script, chat_pinspanel_js),
    PAGE("/chat/popover.js", script, chat_popover_js),
    PAGE("/chat/room.js", script, chat_room_js),
    PAGE("/chat/rooms.js", script, chat_rooms_js),
    PAGE("/chat/roomview.js", script, chat_roomview_js),
    PAGE("/chat/route.js", script, chat_route_js),
    PAGE("/chat/rows.js", script, chat_rows_js),
    PAGE("/chat/searchpanel.js", script, chat_searchpanel_js),
    PAGE("/chat/sidebar.css", style, chat_sidebar_css),
    PAGE("/chat/sidebar.js", script, chat_sidebar_js),
    PAGE("/chat/signin.js", script, chat_signin_js),
    PAGE("/chat/status.js", script, chat_status_js),
    PAGE("/chat/theme.js", script, chat_theme_js),
    PAGE("/chat/thread.js", script, chat_thread_js),
    PAGE("/chat/threadpanel.js", script, chat_threadpanel_js),
    PAGE("/chat/timeline.css", style, chat_timeline_css),
    PAGE("/chat/timeline.js", script, chat_timeline_js),
    PAGE("/chat/toast.js", script, chat_toast_js),
    PAGE("/chat/tokens.css", style, chat_tokens_css),
    PAGE("/chat/tools.js", script, chat_tools_js),
    PAGE("/chat/words.js", script, chat_words_js),
    PAGE("/editor/api.js", script, editor_api_js),
    PAGE("/editor/cursors.js", script, editor_cursors_js),
    PAGE("/editor/difference.js", script, editor_difference_js),
    PAGE("/editor/documentlist.js", script, editor_documentlist_js),
    PAGE("/editor/documentview.js", script, editor_documentview_js),
    PAGE("/editor/drafts.js", script, editor_drafts_js),
    PAGE("/editor/editor.css", style, editor_editor_css),
    PAGE("/editor/formatting.js", script, editor_formatting_js),
    PAGE("/editor/inline.js", script, editor_inline_js),
    PAGE("/editor/list.css", style, editor_list_css),
    PAGE("/editor/main.js", script, editor_main_js),
    PAGE("/editor/markdown.js", script, editor_markdown_js),
    PAGE("/editor/people.js", script, editor_people_js),
    PAGE("/editor/place.js", script, editor_place_js),
    PAGE("/editor/prose.css", style, editor_prose_css),
    PAGE("/editor/saving.js", script, editor_saving_js),
    PAGE("/editor/savinglabel.js", script, editor_savinglabel_js),
    PAGE("/editor/session.js", script, editor_session_js),
    PAGE("/editor/shortcuts.js", script, editor_shortcuts_js),
    PAGE("/editor/textbox.js", script, editor_textbox_js),
    PAGE("/editor/titlebox.js", script, editor_titlebox_js),
    PAGE("/editor/versionspanel.js", script, editor_versionspanel_js),
    PAGE("/shop/address.js", script, shop_address_js),
    PAGE("/shop/api.js", script, shop_api_js),
    PAGE("/shop/art.js", script, shop_art_js),
    PAGE("/shop/cart.css", style, shop_cart_css),
    PAGE("/shop/cart.js", script, shop_cart_js),
    PAGE("/shop/cartdrawer.js", script, shop_cartdrawer_js),
    PAGE("/shop/cartlines.js", script, shop_cartlines_js),
    PAGE("/shop/catalogue.css", style, shop_catalogue_css),
    PAGE("/shop/catalogueview.js", script, shop_catalogueview_js),
    PAGE("/shop/checkout.css", style, shop_checkout_css),
    PAGE("/shop/checkoutview.js", script, shop_checkoutview_js),
    PAGE("/shop/countdown.js", script, shop_countdown_js),
    PAGE("/shop/drawings.js", script, shop_drawings_js),
    PAGE("/shop/frame.css", style, shop_frame_css),
    PAGE("/shop/header.js", script, shop_header_js),
    PAGE("/shop/main.js", script, shop_main_js),
    PAGE("/shop/money.js", script, shop_money_js),
    PAGE("/shop/navigation.js", script, shop_navigation_js),
    PAGE("/shop/notice.js", script, shop_notice_js),
    PAGE("/shop/onscreen.js", script, shop_onscreen_js),
    PAGE("/shop/orderlist.js", script, shop_orderlist_js),
    PAGE("/shop/ordernews.js", script, shop_ordernews_js),
    PAGE("/shop/orders.css", style, shop_orders_css),
    PAGE("/shop/orderstates.js", script, shop_orderstates_js),
    PAGE("/shop/orderview.js", script, shop_orderview_js),
    PAGE("/shop/paymentpanel.js", script, shop_paymentpanel_js),
    PAGE("/shop/pieces.css", style, shop_pieces_css),
    PAGE("/shop/product.css", style, shop_product_css),
    PAGE("/shop/productcard.js", script, shop_productcard_js),
    PAGE("/shop/productview.js", script, shop_productview_js),
    PAGE("/shop/quantitybox.js", script, shop_quantitybox_js),
    PAGE("/shop/route.js", script, shop_route_js),
    PAGE("/shop/shop.js", script, shop_shop_js),
    PAGE("/shop/stock.js", script, shop_stock_js),
    PAGE("/shop/stocklabel.js", script, shop_stocklabel_js),
    PAGE("/shop/timeline.js", script, shop_timeline_js),
    PAGE("/shop/totals.js", script, shop_totals_js),
    PAGE("/shop/who.js", script, shop_who_js),
    PAGE("/shop/staff/board.css", style, shop_staff_board_css),
    PAGE("/shop/staff/board.js", script, shop_staff_board_js),
    PAGE("/shop/staff/desk.js", script, shop_staff_desk_js),
    PAGE("/shop/staff/holdsdialog.js", script, shop_staff_holdsdialog_js),
    PAGE("/shop/staff/main.js", script, shop_staff_main_js),
    PAGE("/shop/staff/movesdialog.js", script, shop_staff_movesdialog_js),
    PAGE("/shop/staff/ordercard.js", script, shop_staff_ordercard_js),
    PAGE("/shop/staff/orderdialogs.js", script, shop_staff_orderdialogs_js),
    PAGE("/shop/staff/stock.css", style, shop_staff_stock_css),
    PAGE("/shop/staff/stockdialogs.js", script, shop_staff_stockdialogs_js),
    PAGE("/shop/staff/stockrow.js", script, shop_staff_stockrow_js),
    PAGE("/shop/staff/stocktable.js", script, shop_staff_stocktable_js),
};

const size_t martlet_pages_count = sizeof(pages) / sizeof(pages[0]);

const struct martlet_page *martlet_page_at(size_t index) {
    return index < martlet_pages_count ? &pages[index] : NULL;
}
