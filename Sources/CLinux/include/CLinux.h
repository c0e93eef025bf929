// Linux calls that Glibc does not give to Swift, and those that Reactor makes a million times a
// second. The latter go through syscall(2): Glibc's own wrappers are cancellation points, which
// costs two atomic operations a call in a process with threads. Each answers with what the kernel
// answered: zero or more, or the negative error number.
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// The event loop whose thread this is, or NULL. Swift has no thread-local variables. The model says
// that it is at a constant distance from the thread's own pointer: one instruction, not a call.
extern _Thread_local void *clinux_current_loop __attribute__((tls_model("initial-exec")));

static inline void *clinux_get_current_loop(void) { return clinux_current_loop; }
static inline void clinux_set_current_loop(void *loop) { clinux_current_loop = loop; }

static inline long clinux_answer(long result) { return result < 0 ? -(long)errno : result; }

static inline long clinux_recv(int fd, void *bytes, size_t count) {
    return clinux_answer(syscall(SYS_recvfrom, fd, bytes, count, 0, 0, 0));
}

static inline long clinux_send(int fd, const void *bytes, size_t count) {
    return clinux_answer(syscall(SYS_sendto, fd, bytes, count, MSG_NOSIGNAL, 0, 0));
}

static inline long clinux_sendv(int fd, struct iovec *vectors, size_t count) {
    struct msghdr message = {0};
    message.msg_iov = vectors;
    message.msg_iovlen = count;
    return clinux_answer(syscall(SYS_sendmsg, fd, &message, MSG_NOSIGNAL));
}

static inline long clinux_accept(int fd, struct sockaddr_storage *peer, socklen_t *length) {
    return clinux_answer(
        syscall(SYS_accept4, fd, peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

static inline long clinux_epoll_wait(int poll, struct epoll_event *events, int count, int timeout) {
    return clinux_answer(syscall(SYS_epoll_pwait, poll, events, count, timeout, 0, 8));
}

static inline long clinux_epoll_ctl(int poll, int verb, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {0};
    event.events = events;
    event.data.u64 = token;
    return clinux_answer(syscall(SYS_epoll_ctl, poll, verb, fd, &event));
}

static inline int64_t clinux_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline void clinux_name_thread(const char *name) {
    extern int pthread_setname_np(pthread_t, const char *);
    pthread_setname_np(pthread_self(), name);
}

static const uint32_t clinux_readable = EPOLLIN;
static const uint32_t clinux_writable = EPOLLOUT;
static const uint32_t clinux_peer_ended = EPOLLRDHUP;
static const uint32_t clinux_hung_up = EPOLLHUP;
static const uint32_t clinux_failed = EPOLLERR;
static const uint32_t clinux_edge_triggered = EPOLLET;

#endif
