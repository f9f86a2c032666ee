#include "probe/probe.h"

#define FEW 10 /* failures that prove nothing about the network */
#define FEW_HOSTS 5
#define PER_MILLE 1000

static size_t share(size_t part, size_t whole)
{
	return whole ? part * PER_MILLE / whole : 0;
}

/*
 * A page may be gone, but pages of many hosts do not go in one night. Hosts that cannot be
 * reached say more about the way there than a server that answers "not found".
 */
bool probe_network_down(const struct probe_tally *t)
{
	size_t failed = t->dead + t->unreachable;

	if (failed < FEW || t->failed_hosts < FEW_HOSTS)
		return false;
	if (share(t->unreachable, t->asked) >= 500 &&
	    share(t->failed_hosts, t->hosts) >= 500)
		return true;
	if (t->usual_failures < 0)
		return share(failed, t->asked) >= 900;
	return share(failed, t->asked) >= (size_t)t->usual_failures + 300;
}
