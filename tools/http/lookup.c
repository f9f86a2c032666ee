#include "http/http.h"

#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

enum http_name http_lookup(const char *host)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
	int rc = getaddrinfo(host, NULL, &hints, &list);

	if (list)
		freeaddrinfo(list);
	switch (rc) {
	case 0:
		return HTTP_NAME_KNOWN;
	case EAI_NONAME:
	case EAI_NODATA:
		return HTTP_NAME_NONE;
	default:
		return HTTP_NAME_UNCERTAIN;
	}
}
