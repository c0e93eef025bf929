// Embeds the assets: the binary serves its pages without any file beside it.

#include "PageTable.h"

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

static const struct martlet_page pages[] = {
    { "/", html, index_html, sizeof(index_html), 1, 0 },
    { "/docs", html, docs_html, sizeof(docs_html), 1, 1 },
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
};

static const size_t pages_count = sizeof(pages) / sizeof(pages[0]);

size_t martlet_pages_count(void) {
    return pages_count + martlet_dashboard_pages_count + martlet_shop_pages_count;
}

const struct martlet_page *martlet_page_at(size_t index) {
    if (index < pages_count) return &pages[index];
    index -= pages_count;
    if (index < martlet_dashboard_pages_count) return &martlet_dashboard_pages[index];
    index -= martlet_dashboard_pages_count;
    return index < martlet_shop_pages_count ? &martlet_shop_pages[index] : NULL;
}
