// Embeds the dashboard's assets.

#include "PageTable.h"

static const unsigned char dashboard_html[] = {
#embed "assets/dashboard.html"
};
static const unsigned char api_js[] = {
#embed "assets/dashboard/api.js"
};
static const unsigned char arranging_js[] = {
#embed "assets/dashboard/arranging.js"
};
static const unsigned char board_css[] = {
#embed "assets/dashboard/board.css"
};
static const unsigned char board_js[] = {
#embed "assets/dashboard/board.js"
};
static const unsigned char chartbody_js[] = {
#embed "assets/dashboard/chartbody.js"
};
static const unsigned char column_js[] = {
#embed "assets/dashboard/column.js"
};
static const unsigned char connection_js[] = {
#embed "assets/dashboard/connection.js"
};
static const unsigned char cursor_js[] = {
#embed "assets/dashboard/cursor.js"
};
static const unsigned char defaults_js[] = {
#embed "assets/dashboard/defaults.js"
};
static const unsigned char editor_css[] = {
#embed "assets/dashboard/editor.css"
};
static const unsigned char frames_js[] = {
#embed "assets/dashboard/frames.js"
};
static const unsigned char gaugebody_js[] = {
#embed "assets/dashboard/gaugebody.js"
};
static const unsigned char legend_js[] = {
#embed "assets/dashboard/legend.js"
};
static const unsigned char library_js[] = {
#embed "assets/dashboard/library.js"
};
static const unsigned char linestype_js[] = {
#embed "assets/dashboard/linestype.js"
};
static const unsigned char main_js[] = {
#embed "assets/dashboard/main.js"
};
static const unsigned char model_js[] = {
#embed "assets/dashboard/model.js"
};
static const unsigned char numberbody_js[] = {
#embed "assets/dashboard/numberbody.js"
};
static const unsigned char painter_js[] = {
#embed "assets/dashboard/painter.js"
};
static const unsigned char palette_js[] = {
#embed "assets/dashboard/palette.js"
};
static const unsigned char narrow_css[] = {
#embed "assets/dashboard/narrow.css"
};
static const unsigned char panel_css[] = {
#embed "assets/dashboard/panel.css"
};
static const unsigned char panelcard_js[] = {
#embed "assets/dashboard/panelcard.js"
};
static const unsigned char paneleditor_js[] = {
#embed "assets/dashboard/paneleditor.js"
};
static const unsigned char panelseries_js[] = {
#embed "assets/dashboard/panelseries.js"
};
static const unsigned char pointing_js[] = {
#embed "assets/dashboard/pointing.js"
};
static const unsigned char queryrows_js[] = {
#embed "assets/dashboard/queryrows.js"
};
static const unsigned char querysource_js[] = {
#embed "assets/dashboard/querysource.js"
};
static const unsigned char questions_js[] = {
#embed "assets/dashboard/questions.js"
};
static const unsigned char rangedialog_js[] = {
#embed "assets/dashboard/rangedialog.js"
};
static const unsigned char selector_js[] = {
#embed "assets/dashboard/selector.js"
};
static const unsigned char series_js[] = {
#embed "assets/dashboard/series.js"
};
static const unsigned char stack_js[] = {
#embed "assets/dashboard/stack.js"
};
static const unsigned char store_js[] = {
#embed "assets/dashboard/store.js"
};
static const unsigned char streams_js[] = {
#embed "assets/dashboard/streams.js"
};
static const unsigned char streamsource_js[] = {
#embed "assets/dashboard/streamsource.js"
};
static const unsigned char tabledialog_js[] = {
#embed "assets/dashboard/tabledialog.js"
};
static const unsigned char thresholdrows_js[] = {
#embed "assets/dashboard/thresholdrows.js"
};
static const unsigned char ticks_js[] = {
#embed "assets/dashboard/ticks.js"
};
static const unsigned char timechart_js[] = {
#embed "assets/dashboard/timechart.js"
};
static const unsigned char timewindow_js[] = {
#embed "assets/dashboard/timewindow.js"
};
static const unsigned char toolbar_js[] = {
#embed "assets/dashboard/toolbar.js"
};
static const unsigned char units_js[] = {
#embed "assets/dashboard/units.js"
};

const struct martlet_page martlet_dashboard_pages[] = {
    { "/dashboard", html, dashboard_html, sizeof(dashboard_html), 1, 0 },
    PAGE("/dashboard/api.js", script, api_js),
    PAGE("/dashboard/arranging.js", script, arranging_js),
    PAGE("/dashboard/board.css", style, board_css),
    PAGE("/dashboard/board.js", script, board_js),
    PAGE("/dashboard/chartbody.js", script, chartbody_js),
    PAGE("/dashboard/column.js", script, column_js),
    PAGE("/dashboard/connection.js", script, connection_js),
    PAGE("/dashboard/cursor.js", script, cursor_js),
    PAGE("/dashboard/defaults.js", script, defaults_js),
    PAGE("/dashboard/editor.css", style, editor_css),
    PAGE("/dashboard/frames.js", script, frames_js),
    PAGE("/dashboard/gaugebody.js", script, gaugebody_js),
    PAGE("/dashboard/legend.js", script, legend_js),
    PAGE("/dashboard/library.js", script, library_js),
    PAGE("/dashboard/linestype.js", script, linestype_js),
    PAGE("/dashboard/main.js", script, main_js),
    PAGE("/dashboard/model.js", script, model_js),
    PAGE("/dashboard/numberbody.js", script, numberbody_js),
    PAGE("/dashboard/painter.js", script, painter_js),
    PAGE("/dashboard/palette.js", script, palette_js),
    PAGE("/dashboard/narrow.css", style, narrow_css),
    PAGE("/dashboard/panel.css", style, panel_css),
    PAGE("/dashboard/panelcard.js", script, panelcard_js),
    PAGE("/dashboard/paneleditor.js", script, paneleditor_js),
    PAGE("/dashboard/panelseries.js", script, panelseries_js),
    PAGE("/dashboard/pointing.js", script, pointing_js),
    PAGE("/dashboard/queryrows.js", script, queryrows_js),
    PAGE("/dashboard/querysource.js", script, querysource_js),
    PAGE("/dashboard/questions.js", script, questions_js),
    PAGE("/dashboard/rangedialog.js", script, rangedialog_js),
    PAGE("/dashboard/selector.js", script, selector_js),
    PAGE("/dashboard/series.js", script, series_js),
    PAGE("/dashboard/stack.js", script, stack_js),
    PAGE("/dashboard/store.js", script, store_js),
    PAGE("/dashboard/streams.js", script, streams_js),
    PAGE("/dashboard/streamsource.js", script, streamsource_js),
    PAGE("/dashboard/tabledialog.js", script, tabledialog_js),
    PAGE("/dashboard/thresholdrows.js", script, thresholdrows_js),
    PAGE("/dashboard/ticks.js", script, ticks_js),
    PAGE("/dashboard/timechart.js", script, timechart_js),
    PAGE("/dashboard/timewindow.js", script, timewindow_js),
    PAGE("/dashboard/toolbar.js", script, toolbar_js),
    PAGE("/dashboard/units.js", script, units_js),
};

const size_t martlet_dashboard_pages_count =
    sizeof(martlet_dashboard_pages) / sizeof(martlet_dashboard_pages[0]);
