// What the files that embed assets share.

#ifndef MARTLET_PAGE_TABLE_H
#define MARTLET_PAGE_TABLE_H

#include "Pages.h"

// #embed is C23; clang takes it in every mode and says so, pedantically.
#pragma clang diagnostic ignored "-Wc23-extensions"
// Not every file embeds every type.
#pragma clang diagnostic ignored "-Wunused-const-variable"

static const char html[] = "text/html; charset=utf-8";
static const char script[] = "text/javascript; charset=utf-8";
static const char style[] = "text/css; charset=utf-8";

#define PAGE(path, type, bytes) { path, type, bytes, sizeof(bytes), 0, 0 }

extern const struct martlet_page martlet_dashboard_pages[];
extern const struct martlet_page martlet_shop_pages[];
extern const size_t martlet_dashboard_pages_count;
extern const size_t martlet_shop_pages_count;

#endif
