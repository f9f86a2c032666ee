#include "cmd/internal.h"

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	(void)values;
	(void)operands;
	buf_addz(&r->out.buf, "stemma " STEMMA_VERSION "\n");
	return STATUS_OK;
}

const struct command command_version = {
        .name = "version",
        .summary = "print the version",
        .operands = "",
        .text = "Print the program's name and version on one line.",
        .status = "0 always, unless the line cannot be written",
        .run = run,
};
