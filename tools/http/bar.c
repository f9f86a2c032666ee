#include "http/internal.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* The ports where web sites are; a printer or a mail server is not asked. */
static bool web_port(int port)
{
	return port == 80 || port == 443 || port == 8080 || port == 8443;
}

static bool is_allowed(const struct http_options *opt, const unsigned char *address)
{
	for (size_t i = 0; i < opt->allow_n; i++)
		if (http_range_holds(&opt->allow[i], address))
			return true;
	return false;
}

static bool refuse(struct http_job *job, enum http_bar bar, int port)
{
	job->bar = bar;
	job->barred_port = port;
	return false;
}

static bool bar_address(struct http_job *job, const unsigned char *address, int port)
{
	const struct http_options *opt = &job->http->opt;

	if (is_allowed(opt, address))
		return true;
	http_address_text(job->barred, address);
	if (!http_address_global(address))
		return refuse(job, HTTP_BAR_ADDRESS, port);
	return web_port(port) || refuse(job, HTTP_BAR_PORT, port);
}

bool bar_url(struct http_job *job, const struct http_url *url)
{
	const struct http_options *opt = &job->http->opt;
	unsigned char address[HTTP_ADDRESS_BYTES];
	struct str host = url->host;

	if (!str_eqz(url->scheme, "http") && !str_eqz(url->scheme, "https"))
		return refuse(job, HTTP_BAR_SCHEME, 0);
	if (host.n > 2 && host.s[0] == '[')
		host = str_sub(host, 1, host.n - 2);
	if (http_address_parse(address, host))
		return bar_address(job, address, url->port);
	/* An address that is allowed has all its ports: then the socket decides. */
	if (opt->allow_n && !job->http->proxy)
		return true;
	return web_port(url->port) || refuse(job, HTTP_BAR_PORT, url->port);
}

/* The address libcurl is about to connect to; false when it is of another kind. */
static bool read_address(unsigned char out[HTTP_ADDRESS_BYTES], int *port,
                         const struct curl_sockaddr *a)
{
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;

	if (a->family == AF_INET6) {
		memcpy(&v6, &a->addr, sizeof(v6));
		memcpy(out, &v6.sin6_addr, HTTP_ADDRESS_BYTES);
		*port = ntohs(v6.sin6_port);
		return true;
	}
	if (a->family != AF_INET)
		return false;
	memcpy(&v4, &a->addr, sizeof(v4));
	memset(out, 0, HTTP_ADDRESS_BYTES);
	out[10] = out[11] = 0xFF;
	memcpy(out + 12, &v4.sin_addr, 4);
	*port = ntohs(v4.sin_port);
	return true;
}

curl_socket_t bar_socket(void *data, curlsocktype purpose, struct curl_sockaddr *a)
{
	unsigned char address[HTTP_ADDRESS_BYTES];
	struct http_job *job = data;
	int port;

	(void)purpose;
	if (!read_address(address, &port, a) || !bar_address(job, address, port))
		return CURL_SOCKET_BAD;
	job->sockets++;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

const char *bar_reason(struct http_job *job)
{
	switch (job->bar) {
	case HTTP_BAR_SCHEME:
		return "only http and https are asked";
	case HTTP_BAR_PORT:
		return arena_fmt(&job->arena, "port %d is none of the web's",
		                 job->barred_port)
		        .s;
	case HTTP_BAR_ADDRESS:
		return arena_fmt(&job->arena, "its address %s is not public", job->barred)
		        .s;
	default:
		return "not allowed";
	}
}
