// The files of the pages and of martlet.js, as they are in the binary.

#ifndef MARTLET_PAGES_H
#define MARTLET_PAGES_H

#include <stddef.h>

/// One file, served under its path as it is.
struct martlet_page {
    /// Begins with a slash; `/` is the chat.
    const char *path;
    /// The value of Content-Type.
    const char *type;
    const unsigned char *bytes;
    size_t length;
    /// Not zero: `{{nonce}}` is to be replaced by the nonce of the content security policy.
    int is_template;
    /// Not zero: also served at every path below its own, as the page tells them apart itself.
    int has_below;
};

size_t martlet_pages_count(void);

/// The pages, by index from 0; null at `martlet_pages_count()` and beyond. A function, because
/// Swift can't import an array whose length it isn't told.
const struct martlet_page *martlet_page_at(size_t index);

#endif
