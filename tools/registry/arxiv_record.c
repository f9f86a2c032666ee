/* arxiv_record.c - arXiv's ids, and its papers as records */
#include "registry/atom.h"

static size_t digits(struct str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && s.s[at + n] >= '0' && s.s[at + n] <= '9')
		n++;
	return n;
}

/* The byte length of "1706.03762" or "archive.XX/9901001" at the start of S; 0: neither. */
static size_t base_length(struct str s)
{
	size_t n = digits(s, 0), slash = str_find(s, '/');

	if (n == 4 && n < s.n && s.s[n] == '.') {
		size_t tail = digits(s, 5);

		return tail == 4 || tail == 5 ? 5 + tail : 0;
	}
	if (!slash || slash == s.n || digits(s, slash + 1) != 7)
		return 0;
	for (size_t i = 0; i < slash; i++) {
		char c = s.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
		      c == '.'))
			return 0;
	}
	return slash + 8;
}

static bool starts_folded(struct str s, const char *prefix)
{
	for (size_t i = 0; prefix[i]; i++) {
		char c = i < s.n ? s.s[i] : '\0';

		if (ascii_lower(c) != prefix[i])
			return false;
	}
	return true;
}

static struct str without_prefix(struct str s)
{
	static const char *const prefixes[] = {
	        "https://",       "http://",        "www.",  "export.",
	        "arxiv.org/abs/", "arxiv.org/pdf/", "arxiv:"};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (starts_folded(s, prefixes[i]))
			s = str_sub(s, strlen(prefixes[i]), s.n);
	return str_trim(s);
}

bool arxiv_id_parse(struct arxiv_id *out, struct str text)
{
	struct str s = without_prefix(str_trim(text));
	size_t n = base_length(s), version;

	if (!n)
		return false;
	*out = (struct arxiv_id){.base = str_sub(s, 0, n)};
	if (n == s.n)
		return true;
	version = s.s[n] == 'v' ? digits(s, n + 1) : 0;
	out->version = str_sub(s, n, version + 1);
	return version && n + 1 + version == s.n;
}

/*
 * Where the blank before the family name is: before the last word, or before words written
 * small that belong to it ("van der"). The first word is never part of it.
 */
static size_t family_blank(struct str name)
{
	size_t at = str_rfind(name, ' ');

	while (at < name.n) {
		size_t before = str_rfind(str_sub(name, 0, at), ' ');

		if (before == at || name.s[before + 1] < 'a' || name.s[before + 1] > 'z')
			break;
		at = before;
	}
	return at;
}

static struct registry_name name_of(struct str name)
{
	size_t blank = family_blank(name);

	if (blank == name.n)
		return (struct registry_name){.literal = name};
	return (struct registry_name){.family = str_sub(name, blank + 1, name.n),
	                              .given = str_sub(name, 0, blank)};
}

void arxiv_record(struct registry_record *out, const struct atom_entry *entry,
                  const struct arxiv_id *id, struct arena *arena)
{
	struct registry_name *names =
	        arena_array(arena, struct registry_name, entry->names_n);

	for (size_t i = 0; i < entry->names_n; i++)
		names[i] = name_of(entry->names[i]);
	*out = (struct registry_record){
	        .doi = registry_doi(
	                arena_fmt(arena, "10.48550/arXiv." STR_FMT, STR_ARG(id->base)),
	                arena),
	        .agency = STR("arXiv"),
	        .type = STR("article"),
	        .title = entry->title,
	        .container = entry->journal,
	        .publisher = STR("arXiv"),
	        .version = id->version,
	        .url = arena_fmt(arena, "https://arxiv.org/abs/" STR_FMT,
	                         STR_ARG(id->base)),
	        .note = entry->comment,
	        .authors = names,
	        .authors_n = entry->names_n,
	};
	/* The first version is what is cited; a later one may be of another year. */
	out->dates[REGISTRY_ISSUED] = registry_text_date(entry->published);
	out->dates[REGISTRY_POSTED] = registry_text_date(entry->updated);
}
