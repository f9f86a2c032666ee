/*
 * summary.c - how many there are of what
 */
#include "link/link.h"

#include <stdlib.h>

static void count(struct link_count *c, enum link_verdict v)
{
	c->total++;
	c->by[v]++;
}

/* The host of one link, to be sorted. */
struct host {
	struct str name;
	enum link_verdict verdict;
};

static void count_class(struct map *classes, const struct link_result *r)
{
	struct link_class_count *class;
	struct str key;

	if (!r->class.n)
		return;
	key = arena_fmt(classes->arena, "%d" STR_FMT, (int)r->verdict, STR_ARG(r->class));
	class = map_get(classes, key);
	if (!class) {
		class = arena_new(classes->arena, struct link_class_count);
		*class = (struct link_class_count){r->verdict, r->class, 0};
		map_set(classes, key, class);
	}
	class->total++;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct host *)a)->name, ((const struct host *)b)->name);
}

static int by_class(const void *a, const void *b)
{
	const struct link_class_count *x = a, *y = b;

	return x->verdict != y->verdict ? (int)x->verdict - (int)y->verdict
	                                : str_cmp(x->class, y->class);
}

/* The hosts of all links in byte order; returns how many links have one. */
static size_t sorted_hosts(struct host *out, const struct link_set *set,
                           struct arena *arena)
{
	size_t n = 0;

	for (size_t i = 0; i < set->urls.n; i++) {
		const struct link_url *u = set->urls.items[i].value;
		struct link_form form;

		link_form(&form, u->key, arena);
		if (form.host.n)
			out[n++] = (struct host){form.host, u->result.verdict};
	}
	if (n)
		qsort(out, n, sizeof(*out), by_name);
	return n;
}

static void count_hosts(struct link_summary *out, const struct link_set *set,
                        struct arena *arena)
{
	struct host *all = arena_array(arena, struct host, set->urls.n);
	size_t n = sorted_hosts(all, set, arena), hosts = 0;
	struct link_count *list;

	for (size_t i = 0; i < n; i++)
		hosts += i == 0 || !str_eq(all[i].name, all[i - 1].name);
	list = arena_array(arena, struct link_count, hosts);
	out->hosts = list;
	out->hosts_n = hosts;
	for (size_t i = 0, at = 0; i < n; i++) {
		at += i > 0 && !str_eq(all[i].name, all[i - 1].name);
		list[at].name = all[i].name;
		count(&list[at], all[i].verdict);
	}
}

static void list_classes(struct link_summary *out, const struct map *classes)
{
	struct link_class_count *list =
	        arena_array(classes->arena, struct link_class_count, classes->n);

	for (size_t i = 0; i < classes->n; i++)
		list[i] = *(const struct link_class_count *)classes->items[i].value;
	if (classes->n)
		qsort(list, classes->n, sizeof(*list), by_class);
	out->classes = list;
	out->classes_n = classes->n;
}

void link_summarise(struct link_summary *out, const struct link_set *set,
                    struct arena *arena)
{
	struct map classes;

	*out = (struct link_summary){0};
	map_init(&classes, arena);
	for (size_t i = 0; i < set->urls.n; i++) {
		const struct link_url *u = set->urls.items[i].value;

		count(&out->urls, u->result.verdict);
		count_class(&classes, &u->result);
	}
	for (size_t i = 0; i < set->citations.n; i++) {
		const struct link_citation *c = set->citations.items[i].value;

		count(&out->citations, c->result.verdict);
		count_class(&classes, &c->result);
		out->verified += c->verified.n > 0;
	}
	count_hosts(out, set, arena);
	list_classes(out, &classes);
}
