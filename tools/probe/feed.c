#include "probe/internal.h"

#include "base/map.h"

/* Between the scheme and the path: enough to tell hosts apart. */
static struct str host_of(struct arena *a, struct str url)
{
	size_t colon = str_find(url, ':'), n = 0;
	struct str rest = str_sub(url, colon + 1, url.n);

	while (rest.n && rest.s[0] == '/')
		rest = str_sub(rest, 1, rest.n);
	while (n < rest.n && rest.s[n] != '/' && rest.s[n] != '?' && rest.s[n] != '#')
		n++;
	return arena_lower(a, str_sub(rest, 0, n));
}

static struct feed_host *find_host(struct feed *f, struct arena *a, struct arena *scratch,
                                   struct str url)
{
	struct str name = host_of(scratch, url);
	struct feed_host *host = map_get(&f->hosts, name);

	if (host)
		return host;
	host = arena_new(a, struct feed_host);
	host->first = host->last = FEED_NONE;
	map_set(&f->hosts, arena_str(a, name), host);
	return host;
}

void feed_init(struct feed *f, struct arena *a, const struct probe_url *urls, size_t n,
               int per_host)
{
	struct arena scratch CLEANUP(arena_release) = {0};

	*f = (struct feed){.urls = urls,
	                   .n = n,
	                   .chain = arena_array(a, uint32_t, n),
	                   .host_of = arena_array(a, struct feed_host *, n),
	                   .per_host = per_host};
	map_init(&f->hosts, a);
	for (size_t i = 0; i < n; i++) {
		f->host_of[i] = find_host(f, a, &scratch, urls[i].url);
		arena_reset(&scratch);
	}
}

static void wait_on(struct feed *f, struct feed_host *host)
{
	if (host->waits || host->first == FEED_NONE || host->out >= f->per_host)
		return;
	host->waits = true;
	host->next = NULL;
	if (f->last)
		f->last->next = host;
	else
		f->first = host;
	f->last = host;
}

void feed_add(struct feed *f, uint32_t index)
{
	struct feed_host *host = f->host_of[index];

	f->chain[index] = FEED_NONE;
	if (host->first == FEED_NONE)
		host->first = index;
	else
		f->chain[host->last] = index;
	host->last = index;
	f->left++;
	wait_on(f, host);
}

uint32_t feed_take(struct feed *f)
{
	struct feed_host *host = f->first;
	uint32_t index;

	if (!host)
		return FEED_NONE;
	f->first = host->next;
	if (!f->first)
		f->last = NULL;
	host->waits = false;
	index = host->first;
	host->first = f->chain[index];
	host->out++;
	f->left--;
	wait_on(f, host);
	return index;
}

void feed_done(struct feed *f, uint32_t index)
{
	struct feed_host *host = f->host_of[index];

	host->out--;
	wait_on(f, host);
}
