/* server.c - a small HTTP/1.1 server on a poll loop */
#include "double.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 256
#define IDLE_MS 600000
#define STOP_MS 200 /* at most this long until a signal is seen */
#define DRIP_MS 200
#define REQUEST_BYTES (256u * 1024)

enum state { FREE, READING, WAITING, WRITING };

struct connection {
	int fd;
	enum state state;
	struct buf in, out;
	size_t sent;
	int service;
	long at_ms; /* WAITING, or dripping: when to go on */
	enum how how;
};

static struct connection connections[CONNECTIONS];
static volatile sig_atomic_t stopped;

static void on_stop(int signal)
{
	(void)signal;
	stopped = 1;
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int hex(char c)
{
	return c >= '0' && c <= '9'                     ? c - '0'
	       : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
	                                                : -1;
}

struct str decoded(struct str s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.s[i] == '%' && i + 2 < s.n && hex(s.s[i + 1]) >= 0 &&
		              hex(s.s[i + 2]) >= 0;

		out[n++] =
		        escape ? (char)(hex(s.s[i + 1]) * 16 + hex(s.s[i + 2])) : s.s[i];
		i += escape ? 2 : 0;
	}
	return (struct str){out, n};
}

struct str query_get(const struct request *q, const char *name)
{
	struct str rest = q->query, pair;

	while (str_split(&rest, '&', &pair)) {
		size_t eq = str_find(pair, '=');

		if (str_eqz(decoded(str_sub(pair, 0, eq), q->arena), name))
			return decoded(str_sub(pair, eq + 1, pair.n), q->arena);
	}
	return STR_NONE;
}

static void close_connection(struct connection *c, bool reset)
{
	struct linger hard = {1, 0};

	if (reset)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(c->fd);
	buf_release(&c->in);
	buf_release(&c->out);
	*c = (struct connection){.state = FREE};
}

static unsigned open_for(int service)
{
	unsigned n = 0;

	for (int i = 0; i < CONNECTIONS; i++)
		n += connections[i].state > READING && connections[i].service == service;
	return n;
}

static struct str header_of(struct str head, const char *name)
{
	struct str line;

	while (str_split(&head, '\n', &line)) {
		size_t n = strlen(name);

		if (line.n > n && !strncasecmp(line.s, name, n) && line.s[n] == ':')
			return str_trim(str_sub(line, n + 1, line.n));
	}
	return STR_NONE;
}

static void set_target(struct request *q, struct str target)
{
	size_t mark = str_find(target, '?'), slash;
	struct str path = str_sub(target, 0, mark), name;

	q->target = target;
	q->query = mark < target.n ? str_sub(target, mark + 1, target.n) : STR_NONE;
	path = str_sub(path, 1, path.n);
	slash = str_find(path, '/');
	name = str_sub(path, 0, slash);
	q->path = str_sub(path, slash, path.n);
	q->service = SERVICES;
	for (int i = 0; i < SERVICES; i++)
		if (str_eqz(name, service_names[i]))
			q->service = i;
}

static void put_answer(struct connection *c, const struct answer *a, bool head)
{
	buf_addf(&c->out, "HTTP/1.1 %d Status\r\nContent-Length: %zu\r\n", a->status,
	         a->body.n);
	if (a->type)
		buf_addf(&c->out, "Content-Type: %s\r\n", a->type);
	buf_add(&c->out, buf_str(&a->headers));
	buf_addz(&c->out, "\r\n");
	if (head)
		return;
	buf_add(&c->out, a->how == HOW_HALF ? str_sub(buf_str(&a->body), 0, a->body.n / 2)
	                                    : buf_str(&a->body));
}

/* Deal with the request whose header is the first N bytes that came. */
static void handle(struct connection *c, size_t n)
{
	struct arena arena = {0};
	struct str head = str_sub(buf_str(&c->in), 0, n), rest = head, line;
	struct request q = {.arena = &arena, .now_ms = now_ms()};
	struct answer a = {
	        .status = 200, .headers = BUF_INIT(1 << 20), .body = BUF_INIT(1 << 28)};

	str_split(&rest, '\n', &line);
	str_split(&line, ' ', &q.method);
	str_split(&line, ' ', &rest);
	set_target(&q, rest);
	q.host = header_of(head, "host");
	q.accept = header_of(head, "accept");
	c->service = q.service;
	c->state = WAITING;
	q.open = open_for(q.service);
	answer(&a, &q);
	log_request(&q, a.how == HOW_RESET ? 0 : a.status);
	put_answer(c, &a, str_eqz(q.method, "HEAD"));
	c->how = a.how;
	c->at_ms = q.now_ms + a.delay_ms;
	c->sent = 0;
	memmove(c->in.s, c->in.s + n, c->in.n - n);
	buf_truncate(&c->in, c->in.n - n);
	buf_release(&a.headers);
	buf_release(&a.body);
	arena_release(&arena);
}

static void try_request(struct connection *c)
{
	char *end = c->in.n ? memmem(c->in.s, c->in.n, "\r\n\r\n", 4) : NULL;

	if (end)
		handle(c, (size_t)(end - c->in.s) + 4);
	else if (c->in.n > REQUEST_BYTES)
		close_connection(c, true);
}

static void read_some(struct connection *c)
{
	char bytes[16384];
	ssize_t n = recv(c->fd, bytes, sizeof(bytes), 0);

	if (n <= 0) {
		close_connection(c, false);
		return;
	}
	buf_add(&c->in, (struct str){bytes, (size_t)n});
	if (c->state == READING)
		try_request(c);
}

static void write_some(struct connection *c)
{
	size_t left = c->out.n - c->sent;
	ssize_t n = -1;

	if (c->how != HOW_RESET)
		n = send(c->fd, c->out.s + c->sent, c->how == HOW_DRIP && left ? 1 : left,
		         MSG_NOSIGNAL);
	if (n < 0) {
		close_connection(c, true);
		return;
	}
	c->sent += (size_t)n;
	if (c->sent < c->out.n) {
		c->at_ms = c->how == HOW_DRIP ? now_ms() + DRIP_MS : 0;
		c->state = c->how == HOW_DRIP ? WAITING : WRITING;
		return;
	}
	if (c->how != HOW_WHOLE) {
		close_connection(c, false);
		return;
	}
	buf_reset(&c->out);
	c->state = READING;
	try_request(c);
}

static void accept_one(int listener)
{
	int fd = accept(listener, NULL, NULL);

	for (int i = 0; fd >= 0 && i < CONNECTIONS; i++) {
		if (connections[i].state != FREE)
			continue;
		connections[i] = (struct connection){.fd = fd,
		                                     .state = READING,
		                                     .in = BUF_INIT(1 << 20),
		                                     .out = BUF_INIT(1 << 28)};
		return;
	}
	if (fd >= 0)
		close(fd);
}

static int listen_at(const char *address, int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_port = htons((uint16_t)port)};
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	inet_pton(AF_INET, address, &at.sin_addr);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, size) || listen(fd, 256) ||
	    getsockname(fd, (struct sockaddr *)&at, &size)) {
		perror("double");
		exit(3);
	}
	printf("http://%s:%d\n", address, ntohs(at.sin_port));
	fflush(stdout);
	return fd;
}

/* When the next one that waits goes on. */
static int poll_fill(struct pollfd *fds, int listener)
{
	long now = now_ms(), next = now + IDLE_MS;

	fds[CONNECTIONS] = (struct pollfd){listener, POLLIN, 0};
	for (int i = 0; i < CONNECTIONS; i++) {
		struct connection *c = &connections[i];

		if (c->state == WAITING && c->at_ms <= now)
			c->state = WRITING;
		if (c->state == WAITING && c->at_ms < next)
			next = c->at_ms;
		fds[i] = (struct pollfd){c->state == FREE ? -1 : c->fd, 0, 0};
		fds[i].events = c->state == WRITING   ? POLLOUT
		                : c->state == READING ? POLLIN
		                                      : 0;
	}
	return (int)(next - now);
}

int serve(const char *address, int port)
{
	struct sigaction stop = {.sa_handler = on_stop};
	struct pollfd fds[CONNECTIONS + 1];
	int listener = listen_at(address, port);
	long idle_ms = 0;

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	while (!stopped) {
		int wait = poll_fill(fds, listener);
		/* A signal may come just before: then nobody else ends the waiting. */
		int n = poll(fds, CONNECTIONS + 1, wait < STOP_MS ? wait : STOP_MS);

		if (n == 0 && wait == IDLE_MS)
			idle_ms += STOP_MS;
		else
			idle_ms = 0;
		if (idle_ms >= IDLE_MS)
			break;
		for (int i = 0; n > 0 && i < CONNECTIONS; i++) {
			struct connection *c = &connections[i];

			if (fds[i].fd < 0 || c->state == FREE || !fds[i].revents)
				continue;
			if (c->state == WRITING && fds[i].revents & POLLOUT)
				write_some(c);
			else if (fds[i].revents & (POLLIN | POLLHUP | POLLERR))
				read_some(c);
		}
		if (n > 0 && fds[CONNECTIONS].revents & POLLIN)
			accept_one(listener);
	}
	close(listener);
	return 0;
}
