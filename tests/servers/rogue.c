#include "rogue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_MAX 16384
#define LOG_MAX 20000

struct rogue {
	int fd, port;
	SSL_CTX *tls;
	enum rogue_h2 h2;
	pthread_t thread;
	atomic_bool stop;
	atomic_int at_once, peak, threads;
	atomic_size_t connections;
	pthread_mutex_t lock;
	char *log[LOG_MAX]; /* paths asked for */
	size_t log_n;
};

struct conn {
	struct rogue *rogue;
	int fd;
	SSL *ssl;
	bool h2;
	char request[REQUEST_MAX + 1];
	size_t n, head; /* bytes there; bytes of the header */
	char method[16], path[REQUEST_MAX];
	bool open;
	bool counted; /* in rogue.at_once: until the answer begins */
};

/* ---- bytes ---- */

/* Wait until the other side writes; false when it left or the server stops. */
static bool wait_for(struct conn *c)
{
	while (!c->rogue->stop) {
		struct pollfd p = {.fd = c->fd, .events = POLLIN};
		int n;

		if (c->ssl && SSL_pending(c->ssl))
			return true;
		n = poll(&p, 1, 50);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			return true;
	}
	return false;
}

static ssize_t conn_read(struct conn *c, void *to, size_t n)
{
	if (!wait_for(c))
		return -1;
	return c->ssl ? SSL_read(c->ssl, to, (int)n) : recv(c->fd, to, n, 0);
}

static void answer_begins(struct conn *c)
{
	if (c->counted)
		c->rogue->at_once--;
	c->counted = false;
}

static bool conn_write(struct conn *c, const char *s, size_t n)
{
	answer_begins(c);
	while (n && !c->rogue->stop) {
		ssize_t done = c->ssl ? SSL_write(c->ssl, s, (int)n)
		                      : send(c->fd, s, n, MSG_NOSIGNAL);

		if (done <= 0) {
			c->open = false;
			return false;
		}
		s += done;
		n -= (size_t)done;
	}
	return n == 0;
}

static void conn_say(struct conn *c, const char *z)
{
	conn_write(c, z, strlen(z));
}

static void pause_ms(struct conn *c, int ms)
{
	for (; ms > 0 && !c->rogue->stop; ms -= 10)
		usleep(10000);
}

/* ---- answers ---- */

static void answer(struct conn *c, int status, const char *headers, const char *body)
{
	char head[4096];
	bool is_head = !strcmp(c->method, "HEAD");

	snprintf(head, sizeof(head),
	         "HTTP/1.1 %d Status\r\n%sContent-Length: %zu\r\n\r\n", status, headers,
	         strlen(body));
	conn_say(c, head);
	if (!is_head)
		conn_say(c, body);
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static size_t decode(char *s)
{
	size_t n = 0;

	for (size_t i = 0; s[i]; i++) {
		if (s[i] == '%' && s[i + 1] && s[i + 2]) {
			s[n++] = (char)(hex(s[i + 1]) * 16 + hex(s[i + 2]));
			i += 2;
		} else {
			s[n++] = s[i];
		}
	}
	s[n] = '\0';
	return n;
}

static void say(struct conn *c, char *bytes, int each_ms)
{
	size_t n = decode(bytes);

	c->open = false;
	if (!each_ms) {
		conn_write(c, bytes, n);
		return;
	}
	for (size_t i = 0; i < n && !c->rogue->stop; i++) {
		if (!conn_write(c, bytes + i, 1))
			return;
		pause_ms(c, each_ms);
	}
}

static void hang(struct conn *c)
{
	char byte;

	c->open = false;
	conn_read(c, &byte, 1);
}

static void reset(struct conn *c)
{
	struct linger hard = {.l_onoff = 1, .l_linger = 0};

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	c->open = false;
}

static void big(struct conn *c, long n)
{
	static const char block[65536];
	char head[100];

	snprintf(head, sizeof(head), "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n\r\n", n);
	conn_say(c, head);
	if (!strcmp(c->method, "HEAD"))
		return;
	for (; n > 0; n -= (long)sizeof(block))
		if (!conn_write(c, block,
		                n < (long)sizeof(block) ? (size_t)n : sizeof(block)))
			return;
}

static void repeat(struct conn *c, const char *first, const char *again)
{
	conn_say(c, first);
	c->open = !strcmp(c->method, "HEAD") && strstr(first, "\r\n\r\n");
	while (!c->open && !c->rogue->stop && conn_write(c, again, strlen(again)))
		;
}

static void line(struct conn *c)
{
	char *block = malloc(2000001);

	memset(block, 'x', 2000000);
	block[2000000] = '\0';
	conn_say(c, "HTTP/1.1 200 OK\r\nX-Long: ");
	conn_say(c, block);
	conn_say(c, "\r\n\r\n");
	c->open = false;
	free(block);
}

/* One block of fixed Huffman codes: a zero, then "the last byte 258 times" over and over. */
static void bomb(struct conn *c)
{
	enum { BYTES = 1 << 20 };
	unsigned char *z = calloc(1, BYTES);
	static const unsigned char start[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
	static const char code[] = "1100010100000"; /* length 285, distance 0 */
	static const char first[] = "11000110000"; /* last block, type 1, literal 0 */
	size_t bit = 8 * sizeof(start);

	memcpy(z, start, sizeof(start));
	/* The type's two bits stand with the lower one first. */
	for (size_t i = 0; i < sizeof(first) - 1; i++, bit++)
		z[bit / 8] |= (unsigned char)((first[i] - '0') << (bit % 8));
	while (bit + sizeof(code) < 8 * BYTES)
		for (size_t i = 0; i < sizeof(code) - 1; i++, bit++)
			z[bit / 8] |= (unsigned char)((code[i] - '0') << (bit % 8));
	conn_say(c, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
	            "Content-Length: 1048576\r\n\r\n");
	if (strcmp(c->method, "HEAD") != 0)
		conn_write(c, (char *)z, BYTES);
	free(z);
}

static void wall(struct conn *c)
{
	if (strstr(c->request, "\r\nCookie: pass=1"))
		answer(c, 200, "", "ok");
	else
		answer(c, 302, "Set-Cookie: pass=1\r\nLocation: /wall\r\n", "");
}

static size_t asked(struct rogue *r, const char *path, bool prefix)
{
	size_t n = 0;

	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->log_n; i++)
		n += prefix ? !strncmp(r->log[i], path, strlen(path))
		            : !strcmp(r->log[i], path);
	pthread_mutex_unlock(&r->lock);
	return n;
}

static void flaky(struct conn *c, char *counts, int status)
{
	long n = strtol(counts, &counts, 10), wait = 0;
	char headers[100] = "";

	if (status == 429) {
		wait = strtol(counts + 1, NULL, 10);
		snprintf(headers, sizeof(headers), "Retry-After: %ld\r\n", wait);
	}
	if (asked(c->rogue, c->path, false) <= (size_t)n)
		answer(c, status, headers, "");
	else
		answer(c, 200, "", "ok");
}

static void chain(struct conn *c, long n)
{
	char headers[100];

	if (n <= 0) {
		answer(c, 200, "", "ok");
		return;
	}
	snprintf(headers, sizeof(headers), "Location: /chain/%ld\r\n", n - 1);
	answer(c, 301, headers, "");
}

static char *after(struct conn *c, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(c->path, prefix, n) ? NULL : c->path + n;
}

static void respond(struct conn *c)
{
	char *rest;

	if ((rest = after(c, "/say?")))
		say(c, rest, 0);
	else if ((rest = after(c, "/drip?")))
		say(c, rest, 50);
	else if ((rest = after(c, "/status/")))
		answer(c, atoi(rest), "", "");
	else if ((rest = after(c, "/big/")))
		big(c, atol(rest));
	else if ((rest = after(c, "/flaky/")))
		flaky(c, rest, 503);
	else if ((rest = after(c, "/busy/")))
		flaky(c, rest, 429);
	else if ((rest = after(c, "/chain/")))
		chain(c, atol(rest));
	else if ((rest = after(c, "/head/")))
		answer(c, strcmp(c->method, "HEAD") ? 200 : atoi(rest), "", "ok");
	else if ((rest = after(c, "/slow/")))
		pause_ms(c, atoi(rest)), answer(c, 200, "", "ok");
	else if (after(c, "/hang"))
		hang(c);
	else if (after(c, "/close"))
		c->open = false;
	else if (after(c, "/reset"))
		reset(c);
	else if (after(c, "/endless"))
		repeat(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
		       "10\r\n0123456789abcdef\r\n");
	else if (after(c, "/flood"))
		repeat(c, "HTTP/1.1 200 OK\r\n", "X-Flood: water\r\n");
	else if (after(c, "/line"))
		line(c);
	else if (after(c, "/bomb"))
		bomb(c);
	else if (after(c, "/wall"))
		wall(c);
	else if (after(c, "/echo"))
		answer(c, 200, "", c->request);
	else
		answer(c, after(c, "/ok") ? 200 : 404, "", "ok");
}

/* ---- requests ---- */

static void note(struct rogue *r, const char *path)
{
	pthread_mutex_lock(&r->lock);
	if (r->log_n < LOG_MAX)
		r->log[r->log_n++] = strdup(path);
	pthread_mutex_unlock(&r->lock);
}

static size_t body_length(const struct conn *c)
{
	const char *at = strcasestr(c->request, "\r\nContent-Length:");

	return at ? (size_t)strtoul(at + 17, NULL, 10) : 0;
}

/* Read a request with its body; what follows it is not expected. */
static bool read_request(struct conn *c)
{
	char *end = NULL;

	c->n = 0;
	while (!end || c->n < c->head + body_length(c)) {
		ssize_t got = conn_read(c, c->request + c->n, REQUEST_MAX - c->n);

		if (got <= 0)
			return false;
		c->n += (size_t)got;
		c->request[c->n] = '\0';
		end = strstr(c->request, "\r\n\r\n");
		if (end)
			c->head = (size_t)(end + 4 - c->request);
	}
	return sscanf(c->request, "%15s %16383s", c->method, c->path) == 2;
}

static void serve_http1(struct conn *c)
{
	struct rogue *r = c->rogue;

	while (c->open && read_request(c)) {
		int now = ++r->at_once, peak = r->peak;

		while (now > peak && !atomic_compare_exchange_weak(&r->peak, &peak, now))
			;
		c->counted = true;
		note(r, c->path);
		respond(c);
		answer_begins(c);
	}
}

/* ---- HTTP/2 that goes wrong ---- */

static void reset_stream(struct conn *c, const unsigned char *id)
{
	unsigned char frame[13] = {0, 0, 4, 3, 0};

	memcpy(frame + 5, id, 4);
	frame[12] = 2; /* INTERNAL_ERROR */
	conn_write(c, (char *)frame, sizeof(frame));
}

static bool read_whole(struct conn *c, unsigned char *to, size_t n)
{
	while (n) {
		ssize_t got = conn_read(c, to, n);

		if (got <= 0)
			return false;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

static void serve_http2(struct conn *c)
{
	unsigned char preface[24], frame[9], payload[REQUEST_MAX];
	static const char settings[9] = {0, 0, 0, 4, 0, 0, 0, 0, 0};

	conn_write(c, settings, sizeof(settings));
	if (!read_whole(c, preface, sizeof(preface)))
		return;
	while (read_whole(c, frame, sizeof(frame))) {
		size_t n = (size_t)frame[1] << 8 | frame[2];

		if (n > sizeof(payload) || !read_whole(c, payload, n))
			return;
		if (frame[3] != 1) /* HEADERS */
			continue;
		note(c->rogue, "h2");
		if (c->rogue->h2 == ROGUE_H2_CLOSES)
			return;
		reset_stream(c, frame + 5);
	}
}

/* ---- connections ---- */

static bool start_tls(struct conn *c)
{
	const unsigned char *protocol;
	unsigned n;

	c->ssl = SSL_new(c->rogue->tls);
	SSL_set_fd(c->ssl, c->fd);
	if (SSL_accept(c->ssl) != 1)
		return false;
	SSL_get0_alpn_selected(c->ssl, &protocol, &n);
	c->h2 = n == 2;
	return true;
}

static void *serve(void *arg)
{
	struct conn *c = arg;

	if (!c->rogue->tls || start_tls(c)) {
		if (c->h2)
			serve_http2(c);
		else
			serve_http1(c);
	}
	SSL_free(c->ssl);
	ERR_clear_error();
	close(c->fd);
	c->rogue->threads--;
	free(c);
	return NULL;
}

static void *listen_on(void *arg)
{
	struct rogue *r = arg;

	while (!r->stop) {
		struct pollfd p = {.fd = r->fd, .events = POLLIN};
		struct conn *c;
		pthread_t thread;
		int fd;

		if (poll(&p, 1, 50) <= 0 || (fd = accept(r->fd, NULL, NULL)) < 0)
			continue;
		c = calloc(1, sizeof(*c));
		c->rogue = r;
		c->fd = fd;
		c->open = true;
		r->connections++;
		r->threads++;
		if (pthread_create(&thread, NULL, serve, c))
			abort();
		pthread_detach(thread);
	}
	return NULL;
}

static int choose(SSL *ssl, const unsigned char **out, unsigned char *n,
                  const unsigned char *in, unsigned in_n, void *arg)
{
	static const unsigned char h2[] = "\x02h2\x08http/1.1", h1[] = "\x08http/1.1";
	struct rogue *r = arg;
	unsigned char *chosen = NULL;
	const unsigned char *ours = r->h2 ? h2 : h1;
	unsigned ours_n = r->h2 ? sizeof(h2) - 1 : sizeof(h1) - 1;

	(void)ssl;
	if (SSL_select_next_proto(&chosen, n, ours, ours_n, in, in_n) !=
	    OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_NOACK;
	*out = chosen;
	return SSL_TLSEXT_ERR_OK;
}

static void load_tls(struct rogue *r, const char *certificate)
{
	r->tls = SSL_CTX_new(TLS_server_method());
	if (SSL_CTX_use_certificate_chain_file(r->tls, certificate) != 1 ||
	    SSL_CTX_use_PrivateKey_file(r->tls, certificate, SSL_FILETYPE_PEM) != 1) {
		fprintf(stderr, "rogue: %s is no certificate with key\n", certificate);
		abort();
	}
	SSL_CTX_set_alpn_select_cb(r->tls, choose, r);
}

struct rogue *rogue_start(const char *address, const char *certificate, enum rogue_h2 h2)
{
	struct rogue *r = calloc(1, sizeof(*r));
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);

	signal(SIGPIPE, SIG_IGN);
	r->h2 = h2;
	if (certificate)
		load_tls(r, certificate);
	pthread_mutex_init(&r->lock, NULL);
	inet_pton(AF_INET, address, &at.sin_addr);
	r->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(r->fd, (struct sockaddr *)&at, sizeof(at)) || listen(r->fd, 512) ||
	    getsockname(r->fd, (struct sockaddr *)&at, &n) ||
	    pthread_create(&r->thread, NULL, listen_on, r)) {
		perror("rogue");
		abort();
	}
	r->port = ntohs(at.sin_port);
	return r;
}

int rogue_port(const struct rogue *r)
{
	return r->port;
}

size_t rogue_count(struct rogue *r, const char *prefix)
{
	return asked(r, prefix, true);
}

int rogue_peak(struct rogue *r)
{
	return r->peak;
}

size_t rogue_connections(struct rogue *r)
{
	return r->connections;
}

void rogue_stop(struct rogue *r)
{
	r->stop = true;
	pthread_join(r->thread, NULL);
	while (r->threads)
		usleep(1000);
	close(r->fd);
	SSL_CTX_free(r->tls);
	for (size_t i = 0; i < r->log_n; i++)
		free(r->log[i]);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
