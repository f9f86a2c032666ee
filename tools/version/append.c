/*
 * append.c - one more history line in the text of an entry, every other byte as it was
 */
#include "version/version.h"

#include "base/limits.h"

static void add_text(struct buf *out, const char *key, struct str value)
{
	if (!value.s)
		return;
	buf_addf(out, ", %s: ", key);
	doc_json_string(out, value);
}

void history_line_text(struct buf *out, const struct history_line *line)
{
	buf_addf(out, "{version: %d, event: %s, date: " STR_FMT, line->version,
	         event_name(line->event), STR_ARG(line->date));
	add_text(out, "by", line->by);
	if (line->sources >= 0)
		buf_addf(out, ", sources: %lld", (long long)line->sources);
	add_text(out, "content", line->content);
	add_text(out, "reason", line->reason);
	add_text(out, "duplicate_of", line->duplicate_of);
	if (line->successors_n)
		buf_addz(out, ", successors: [");
	for (size_t i = 0; i < line->successors_n; i++) {
		if (i)
			buf_addz(out, ", ");
		doc_json_string(out, line->successors[i]);
	}
	if (line->successors_n)
		buf_addc(out, ']');
	add_text(out, "note", line->note);
	buf_addc(out, '}');
}

/* The line end that the text uses: that of its first line. */
static struct str line_end(struct str text)
{
	size_t at = str_find(text, '\n');

	return at && at < text.n && text.s[at - 1] == '\r' ? STR("\r\n") : STR("\n");
}

/* The offset behind the line end that follows AT, or the end of the text. */
static size_t next_line(struct str text, size_t at)
{
	while (at < text.n && text.s[at] != '\n')
		at++;
	return at < text.n ? at + 1 : at;
}

/* The offset of the line "..." that ends the document, or the end of the text. */
static size_t document_end(struct str text, size_t from)
{
	for (size_t at = next_line(text, from); at < text.n; at = next_line(text, at))
		if (str_starts(str_sub(text, at, text.n), STR("...")))
			return at;
	return text.n;
}

/* Where the line goes, and what stands before it there. */
struct place {
	size_t from, to; /* these bytes give way */
	bool key; /* the key "history" is written too */
	struct str indent;
};

/* Below the last line of a block list, as far in. */
static bool place_below(struct place *p, struct str text, const struct doc_node *list)
{
	const struct doc_node *last = &list->items[list->n - 1];
	size_t dash = last->start.offset, line;

	while (dash && text.s[dash - 1] != '\n' && text.s[dash] != '-')
		dash--;
	line = dash;
	while (line && text.s[line - 1] != '\n')
		line--;
	for (size_t i = line; i < dash; i++)
		if (text.s[i] != ' ')
			return false;
	p->indent = str_sub(text, line, dash - line);
	p->from = p->to = next_line(text, last->end.offset);
	return text.s[dash] == '-';
}

/* Returns why there is no place for a line, or NULL. */
static const char *find_place(struct place *p, struct str text,
                              const struct doc_node *root, struct str key)
{
	const struct doc_member *m = doc_member(root, key);

	*p = (struct place){.indent = STR("  ")};
	if (root->kind != DOC_MAP || root->flow)
		return "its top is no map with one key a line";
	if (!m) {
		p->key = true;
		p->from = p->to = document_end(text, root->end.offset);
		return NULL;
	}
	if (m != &root->members[root->n - 1])
		return "other keys follow its history: move the history to the end";
	if (m->value.kind == DOC_LIST && m->value.n && !m->value.flow)
		return place_below(p, text, &m->value)
		               ? NULL
		               : "its history is not written one line an event";
	if (m->value.kind != DOC_NULL && !(m->value.kind == DOC_LIST && !m->value.n))
		return "its history is no list with one line an event";
	/* An empty history gives way: "history: []", "history:". */
	p->from = m->end.offset;
	p->to = next_line(text,
	                  m->value.end.offset > p->from ? m->value.end.offset : p->from);
	p->key = true;
	return NULL;
}

static void write_with(struct buf *out, struct str text, const struct place *p,
                       struct str key, const struct history_line *lines, size_t n,
                       bool replace)
{
	struct str end = line_end(text), before = str_sub(text, 0, p->from);

	buf_add(out, before);
	if (replace)
		buf_addz(out, ":");
	else if (before.n && before.s[before.n - 1] != '\n')
		buf_add(out, end);
	if (p->key && !replace) {
		buf_add(out, key);
		buf_addc(out, ':');
	}
	if (p->key)
		buf_add(out, end);
	for (size_t i = 0; i < n; i++) {
		buf_add(out, p->indent);
		buf_addz(out, "- ");
		history_line_text(out, &lines[i]);
		buf_add(out, end);
	}
	buf_add(out, str_sub(text, p->to, text.n));
}

/* Read BYTES again: the same content, the same lines, and N more. */
static bool verify(struct str bytes, const struct doc *doc, const struct roles *roles,
                   size_t n)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct source source = {doc->source->name, bytes};
	struct history old, new;
	struct diag_list diags;
	struct docs docs;
	size_t same;

	diag_init(&diags, &arena);
	if (!doc_read(&docs, &source, &(struct doc_options){.format = DOC_YAML}, &arena,
	              &diags) ||
	    docs.n != 1)
		return false;
	history_read(&old, roles, &doc->root, &arena);
	history_read(&new, roles, &docs.items[0].root, &arena);
	return history_relate(&same, &old, &new) == HISTORY_APPENDED &&
	       new.n == old.n + n &&
	       !new.bad &&str_eq(version_content(roles, &doc->root, &arena),
	                         version_content(roles, &docs.items[0].root, &arena));
}

bool history_append(struct buf *out, const struct doc *doc, const struct roles *roles,
                    const struct history_line *line, struct err *err)
{
	return history_append_all(out, doc, roles, line, 1, err);
}

bool history_append_all(struct buf *out, const struct doc *doc, const struct roles *roles,
                        const struct history_line *lines, size_t n, struct err *err)
{
	struct str text = doc->source->bytes, key = history_key(roles);
	const char *why = "only YAML files of a collection with a history role can";
	struct place p;
	size_t from = out->n;

	if (key.s && doc->format == DOC_YAML)
		why = find_place(&p, text, &doc->root, key);
	if (!why) {
		write_with(out, text, &p, key, lines, n, p.to > p.from);
		if (!out->overflow &&
		    verify(str_sub(buf_str(out), from, out->n), doc, roles, n))
			return true;
		why = "reading it again gives something else; end the file with a line "
		      "end and write the history one line an event";
	}
	buf_truncate(out, from);
	return err_set(err, ERR_IO, STR_FMT ": no history line can be added: %s",
	               STR_ARG(doc->source->name), why);
}
