/*
 * latency.c - a server that is far away
 *
 *     latency PORT MS
 *
 * On 127.0.0.2-50, each request is answered with 204 after MS milliseconds. One thread; it runs
 * until it is killed.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HOST_FIRST 2
#define HOST_LAST 50
#define FDS 4096
#define ANSWER "HTTP/1.1 204 No Content\r\n\r\n"

/* Answers leave in the order of their requests, because all wait equally long. */
static struct {
	int fd;
	long at;
} due[FDS];
static unsigned first, last;
static char is_listener[FDS];

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void watch(int ep, int fd)
{
	struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};

	if (fd >= FDS || epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e)) {
		perror("latency");
		exit(3);
	}
}

static void listen_on(int ep, int host, int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_port = htons((unsigned short)port),
	                         .sin_addr.s_addr = htonl(0x7F000000u + (unsigned)host)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 512)) {
		perror("latency");
		exit(3);
	}
	watch(ep, fd);
	is_listener[fd] = 1;
}

/* A request fits into one read: it is a small one and comes from this machine. */
static void read_request(int fd, long wait_us)
{
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			close(fd);
		return;
	}
	if (n >= 4 && !memcmp(bytes + n - 4, "\r\n\r\n", 4)) {
		due[last % FDS].fd = fd;
		due[last++ % FDS].at = now_us() + wait_us;
	}
}

static int answer_due(void)
{
	while (first != last && due[first % FDS].at <= now_us()) {
		if (write(due[first++ % FDS].fd, ANSWER, sizeof(ANSWER) - 1) < 0)
			continue;
	}
	if (first == last)
		return -1;
	return (int)((due[first % FDS].at - now_us() + 999) / 1000);
}

int main(int argc, char **argv)
{
	struct epoll_event events[256];
	int ep = epoll_create1(0);

	if (argc != 3)
		return 2;
	for (int host = HOST_FIRST; host <= HOST_LAST; host++)
		listen_on(ep, host, atoi(argv[1]));
	for (;;) {
		int wait = answer_due();
		int n = epoll_wait(ep, events, 256, wait < 0 ? -1 : wait);

		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;

			if (!is_listener[fd]) {
				read_request(fd, atol(argv[2]) * 1000);
				continue;
			}
			fd = accept4(fd, NULL, NULL, SOCK_NONBLOCK);
			if (fd >= 0)
				watch(ep, fd);
		}
	}
}
