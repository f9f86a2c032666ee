#include "cmd/internal.h"

#include "base/limits.h"
#include "doc/doc.h"
#include "entry/doi.h"
#include "render/doi.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct args {
	int format;
};

enum { DOI_HUMAN, DOI_JSON, DOI_JSONL };

static const char *const formats[] = {"human", "json", "jsonl", NULL};

/* One run: what was told so far. */
struct telling {
	struct run *run;
	int format;
	size_t n, invalid;
	struct arena own; /* of one text */
};

static void release(struct telling *t)
{
	arena_release(&t->own);
}

/* Returns false when stdout has failed. */
static bool tell(struct telling *t, struct str text)
{
	struct buf *out = &t->run->out.buf;
	struct doi doi;

	t->invalid += doi_parse(&doi, text, &t->own) == DOI_INVALID;
	if (t->format == DOI_HUMAN) {
		doi_text(out, &doi);
	} else {
		if (t->format == DOI_JSON)
			buf_addz(out, t->n ? ",\n  " : "\n  ");
		doi_json(out, &doi);
		if (t->format == DOI_JSONL)
			buf_addc(out, '\n');
	}
	t->n++;
	arena_reset(&t->own);
	return output_drain(&t->run->out);
}

/* What the JSON string LINE means; a line that is none means itself. */
static struct str meant(struct telling *t, struct str line)
{
	struct source source = {STR("-"), line};
	struct doc_options opt = {.format = DOC_JSON};
	struct diag_list unused;
	struct docs docs;

	if (!str_starts(line, STR("\"")))
		return line;
	diag_init(&unused, &t->own);
	if (!doc_read(&docs, &source, &opt, &t->own, &unused) || docs.n != 1 ||
	    docs.items[0].root.kind != DOC_STRING)
		return line;
	return docs.items[0].root.text;
}

static bool tell_line(struct telling *t, struct str line)
{
	if (str_ends(line, STR("\r")))
		line.n--;
	return tell(t, meant(t, line));
}

/* Tell the whole lines of B, and keep what is behind the last one. */
static bool tell_lines(struct telling *t, struct buf *b)
{
	struct str rest = buf_str(b);
	size_t end;

	while ((end = str_find(rest, '\n')) < rest.n) {
		if (!tell_line(t, str_sub(rest, 0, end)))
			return false;
		rest = str_sub(rest, end + 1, rest.n);
	}
	if (rest.n && rest.n < b->n)
		memmove(b->s, rest.s, rest.n);
	buf_truncate(b, rest.n);
	return true;
}

static void tell_input(struct telling *t, struct err *err)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	for (;;) {
		char *p = buf_reserve(&b, 65536);
		ssize_t n = p ? read(STDIN_FILENO, p, 65536) : -1;

		if (!p)
			err_set(err, ERR_LIMIT,
			        "standard input: a line is longer than %u bytes",
			        LIMIT_FILE_BYTES);
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0)
			err_set(err, ERR_IO, "standard input: %s", strerror(errno));
		else if (n == 0 && b.n)
			(void)tell_line(t, buf_str(&b));
		if (n <= 0)
			return;
		b.n += (size_t)n;
		if (!tell_lines(t, &b))
			return; /* nobody reads on */
	}
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	CLEANUP(release) struct telling t = {.run = r, .format = args->format};
	struct err err = {0};

	if (t.format == DOI_JSON)
		buf_addc(&r->out.buf, '[');
	for (size_t i = 0; i < operands->n && !err.code; i++) {
		bool literal = i + operands->rest >= operands->n;

		if (!literal && str_eqz(operands->items[i], "-"))
			tell_input(&t, &err);
		else if (!tell(&t, operands->items[i]))
			break;
	}
	if (t.format == DOI_JSON)
		buf_addz(&r->out.buf, t.n ? "\n]\n" : "]\n");
	if (err.code)
		return run_fail(r, &err);
	return t.invalid ? STATUS_FINDINGS : STATUS_OK;
}

static const struct opt options[] = {
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format,
                   "How the answers are printed: for people, as one JSON list, or as a "
                   "JSON object a line."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"doi https://doi.org/10.1038/NATURE12373", "the form to write in an entry"},
        {"doi --format jsonl - < dois.txt", "one answer for each line of a file"},
        {"doi '10.1002/(SICI)1:2<107::AID>3.0.CO;2-Y'",
         "with what has to be encoded in addresses"},
};

const struct command command_doi = {
        .name = "doi",
        .summary = "what a text is as a DOI, and how to write it",
        .operands = "STRING...",
        .text = "Tell for each STRING what it is as a DOI: `valid` as it stands; "
                "`normalised`, a DOI in another form (an address, a label, marks around "
                "it); `suspicious`, a DOI, but something about it points to a slip; "
                "`short`, a shortDOI; or `invalid`. With it come the reason, the "
                "canonical form (what entries hold and tools compare; only the "
                "letters A to Z are made small) and the wire form, encoded for an "
                "address. Nothing is asked over the network: a valid DOI need not be "
                "registered.\n\n"
                "A STRING '-' stands for the lines of standard input; a line that is a "
                "JSON string is read as one.",
        .status = "0  no text is invalid\n"
                  "1  at least one is\n"
                  "2  wrong usage\n"
                  "3  standard input could not be read",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 1,
        .operands_max = -1,
        .run = run,
};
