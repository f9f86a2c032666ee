#include "record/kept.h"

/* How far two stamps may be apart and yet tell the same: the kernel's tick, or a coarse disk. */
#define FINE_NS 20000000
#define COARSE_S 2
#define SECOND_NS 1000000000

bool kept_look(struct kept_stat *out, struct str path)
{
	struct stat st;

	*out = (struct kept_stat){0};
	if (!path.n || lstat(path.s, &st))
		return false;
	*out = (struct kept_stat){
	        .modified = st.st_mtim.tv_sec,
	        .changed = st.st_ctim.tv_sec,
	        .modified_ns = (uint32_t)st.st_mtim.tv_nsec,
	        .changed_ns = (uint32_t)st.st_ctim.tv_nsec,
	        .size = (uint64_t)st.st_size,
	        .inode = st.st_ino,
	        .device = st.st_dev,
	        .mode = st.st_mode,
	};
	return true;
}

bool kept_stat_eq(const struct kept_stat *a, const struct kept_stat *b)
{
	return a->modified == b->modified && a->modified_ns == b->modified_ns &&
	       a->changed == b->changed && a->changed_ns == b->changed_ns &&
	       a->size == b->size && a->inode == b->inode && a->device == b->device &&
	       a->mode == b->mode;
}

/* Whether a stamp lies so far before MOMENT that a later change would have another one. */
static bool is_before(int64_t s, uint32_t ns, bool coarse, const struct timespec *moment)
{
	int64_t end = moment->tv_sec, end_ns = moment->tv_nsec;

	if (coarse)
		end -= COARSE_S;
	else
		end_ns -= FINE_NS;
	if (end_ns < 0) {
		end_ns += SECOND_NS;
		end--;
	}
	return s < end || (s == end && (int64_t)ns < end_ns);
}

void kept_trust(struct kept_stat *s, const struct kept *k)
{
	bool coarse = s->changed_ns % 1000 == 0;

	s->sure = (S_ISREG(s->mode) || S_ISDIR(s->mode)) &&
	          is_before(s->modified, s->modified_ns, coarse, &k->moment) &&
	          is_before(s->changed, s->changed_ns, coarse, &k->moment);
}
