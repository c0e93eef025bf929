// The parts of hiredis that Cluster speaks to: the reader of replies, and the writer of commands.
// What a hostile server announces is bounded here, before hiredis allocates for it.
#ifndef CHIREDIS_SHIM_H
#define CHIREDIS_SHIM_H

#include <hiredis/hiredis.h>
#include <hiredis/read.h>
#include <stdint.h>
#include <stdlib.h>

// A reader, and how many elements the arrays of one reply may still announce.
typedef struct chiredis_reader {
    redisReader *reader;
    redisReplyObjectFunctions functions;
    void *(*make_array)(const redisReadTask *, int);
    size_t elements_maximum;
    size_t elements_left;
} chiredis_reader;

// hiredis allocates as many places as are announced: `*2147483647` would be 16 GiB.
static inline void *chiredis_make_array(const redisReadTask *task, int elements) {
    chiredis_reader *owner = (chiredis_reader *)task->privdata;
    if (elements > 0) {
        if ((size_t)elements > owner->elements_left) return NULL;
        owner->elements_left -= (size_t)elements;
    }
    return owner->make_array(task, elements);
}

static inline chiredis_reader *chiredis_open(size_t elements_maximum) {
    chiredis_reader *owner = (chiredis_reader *)calloc(1, sizeof(*owner));
    if (!owner) return NULL;
    owner->reader = redisReaderCreate();
    if (!owner->reader) {
        free(owner);
        return NULL;
    }
    owner->functions = *owner->reader->fn;
    owner->make_array = owner->functions.createArray;
    owner->functions.createArray = chiredis_make_array;
    owner->reader->fn = &owner->functions;
    owner->reader->privdata = owner;
    owner->elements_maximum = elements_maximum;
    owner->elements_left = elements_maximum;
    return owner;
}

static inline void chiredis_close(chiredis_reader *owner) {
    redisReaderFree(owner->reader);
    free(owner);
}

static inline int chiredis_feed(chiredis_reader *owner, const void *bytes, size_t count) {
    return redisReaderFeed(owner->reader, (const char *)bytes, count);
}

// The next whole reply, or NULL when there is none yet. REDIS_ERR for what is no reply.
static inline int chiredis_next(chiredis_reader *owner, redisReply **reply) {
    void *found = NULL;
    int answer = redisReaderGetReply(owner->reader, &found);
    if (found) owner->elements_left = owner->elements_maximum;
    *reply = (redisReply *)found;
    return answer;
}

static inline size_t chiredis_buffered(const chiredis_reader *owner) {
    return owner->reader->len - owner->reader->pos;
}

static inline const char *chiredis_reason(const chiredis_reader *owner) {
    return owner->reader->errstr;
}

#endif
