/*
 * manifest.c - MANIFEST.json, the mark of a snapshot, and SHA256SUMS
 *
 * MANIFEST.json is a manifest/1, as `stemma verify --manifest` prints it, with the options that
 * the snapshot was made with, so that it can be made again.
 */
#include "export/form.h"

#include "base/limits.h"
#include "digest/digest.h"
#include "export/json.h"
#include "export/object.h"
#include "export/press.h"

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct edition *x = f->edition;

	buf_addz(&out, "{\"format\":\"manifest/1\",\"snapshot\":\"snapshot/1\"");
	json_text_member(&out, "release", x->name);
	json_text_member(&out, "date", x->date);
	json_text_member(&out, "tag", x->tag);
	json_text_member(&out, "commit", x->commit);
	json_text_member(&out, "source", oid_hex(&x->release->source, OID_HEX, &scratch));
	if (x->release->preview) {
		buf_addz(&out, ",\"preview\":true");
		json_text_member(&out, "previous", object_previous(x));
	}
	json_name(&out, "forms");
	buf_addc(&out, '[');
	for (size_t i = 0; i < x->forms_n; i++) {
		buf_addz(&out, i ? ",\"" : "\"");
		buf_addf(&out, "%s\"", x->forms[i]->name);
	}
	buf_addf(&out, "],\"bom\":%s,\"csv_guard\":%s",
	         x->options->bom ? "true" : "false",
	         x->options->csv_guard ? "true" : "false");
	json_text_member(&out, "revision", STR(EXPORT_REVISION));
	json_name(&out, "entries");
	buf_addc(&out, '[');
	return file_write(f->file, buf_str(&out), err);
}

static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];
	char hex[65];

	(void)x;
	sha256_text(hex, e->bytes);
	buf_addz(out, "{");
	json_text_member(out, "collection", e->collection->name);
	json_text_member(out, "id", e->id);
	buf_addf(out, ",\"version\":%d,\"state\":\"%s\",\"sources\":%zu", v->version,
	         state_name(v->state), v->sources);
	json_text_member(out, "content", v->content);
	json_text_member(out, "path", e->file.path);
	json_text_member(out, "blob", oid_hex(&e->file.blob, OID_HEX, e->arena));
	json_text_member(out, "sha256", str_of(hex));
	buf_addc(out, '}');
}

static bool piece(struct form_run *f, struct str bytes, struct err *err)
{
	return file_write(f->file, f->pieces ? STR(",\n") : STR("\n"), err) &&
	       file_write(f->file, bytes, err);
}

static bool end(struct form_run *f, struct err *err)
{
	return file_write(f->file, STR("\n]}\n"), err);
}

const struct form form_manifest = {.name = "manifest",
                                   .summary = "the list of entries; always there",
                                   .file = "MANIFEST.json",
                                   .begin = begin,
                                   .render = render,
                                   .piece = piece,
                                   .end = end};

/* ---- SHA256SUMS: in the form that sha256sum --check reads ---- */

static bool write_sums(struct form_run *f, struct err *err)
{
	size_t n;
	const struct export_sum *sums = folder_sums(f->edition->folder, &n);

	for (size_t i = 0; i < n; i++) {
		char hex[65];

		sha256_hex(hex, sums[i].sha256);
		if (!file_write(f->file, str_of(hex), err) ||
		    !file_write(f->file, STR("  "), err) ||
		    !file_write(f->file, sums[i].path, err) ||
		    !file_write(f->file, STR("\n"), err))
			return false;
	}
	return true;
}

const struct form form_sums = {.name = "sums",
                               .summary = "the sums of all files; always there",
                               .file = "SHA256SUMS",
                               .stage = FORM_SUMS,
                               .end = write_sums};
