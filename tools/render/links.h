/*
 * links.h - links and citations as text and JSON
 *
 * There may be very many: what has gathered goes out between two of them.
 */
#pragma once

#include "base/buf.h"
#include "link/link.h"

struct links_style {
	bool colour; /* escape sequences are welcome (text only) */
	/*
	 * Called now and then so that OUT can be emptied; false: nobody wants the rest. May be
	 * NULL.
	 */
	bool (*drain)(void *ctx);
	void *ctx;
	/* The severity of a finding of RULE that has OWN unless the dataset says otherwise. */
	enum severity (*severity)(const struct rule *rule, enum severity own, void *ctx);
};

/*
 * What there is to say, each link once with all its places, then how many there are by verdict,
 * host and class. Unsafe characters of the data are made visible.
 */
void links_text(struct buf *out, const struct link_set *set,
                const struct links_style *style);
/* The object of schema/links.schema.json. */
void links_json(struct buf *out, const struct link_set *set,
                const struct links_style *style);
