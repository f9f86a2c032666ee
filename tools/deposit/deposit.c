/*
 * deposit.c - the steps of a deposit
 */
#include "deposit/internal.h"

bool deposit(struct deposited *out, struct http *h, const struct deposit_options *opt,
             struct arena *arena, struct err *err)
{
	const struct session s = {h, opt, arena, err};

	*out = (struct deposited){0};
	if (!draft_open(out, &s))
		return false;
	if (out->found)
		return true;
	if (opt->draft)
		opt->draft(opt->ctx, out->record);
	if (!draft_describe(out, &s) || !files_send(out, &s))
		return false;
	return !opt->publish || draft_publish(out, &s);
}
