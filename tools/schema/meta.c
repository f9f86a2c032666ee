#include "schema/internal.h"

/* The files below meta/, by their paths: stemma_embed in CMakeLists.txt. */
#define META(symbol) \
	extern const char schema_meta_##symbol[]; \
	extern const size_t schema_meta_##symbol##_size
META(2020_12_schema);
META(2020_12_core);
META(2020_12_applicator);
META(2020_12_unevaluated);
META(2020_12_validation);
META(2020_12_meta_data);
META(2020_12_format_annotation);
META(2020_12_format_assertion);
META(2020_12_content);
META(2019_09_schema);
META(2019_09_core);
META(2019_09_applicator);
META(2019_09_validation);
META(2019_09_meta_data);
META(2019_09_format);
META(2019_09_content);
META(draft_07_schema);
META(draft_06_schema);
META(draft_04_schema);
#undef META

static const struct builtin {
	const char *page, *bytes; /* its URI without http:// or https:// */
	const size_t *size;
} builtins[] = {
#define META(page, symbol) \
	{ \
		"json-schema.org/" page, schema_meta_##symbol, \
		        &schema_meta_##symbol##_size \
	}
        META("draft/2020-12/schema", 2020_12_schema),
        META("draft/2020-12/meta/core", 2020_12_core),
        META("draft/2020-12/meta/applicator", 2020_12_applicator),
        META("draft/2020-12/meta/unevaluated", 2020_12_unevaluated),
        META("draft/2020-12/meta/validation", 2020_12_validation),
        META("draft/2020-12/meta/meta-data", 2020_12_meta_data),
        META("draft/2020-12/meta/format-annotation", 2020_12_format_annotation),
        META("draft/2020-12/meta/format-assertion", 2020_12_format_assertion),
        META("draft/2020-12/meta/content", 2020_12_content),
        META("draft/2019-09/schema", 2019_09_schema),
        META("draft/2019-09/meta/core", 2019_09_core),
        META("draft/2019-09/meta/applicator", 2019_09_applicator),
        META("draft/2019-09/meta/validation", 2019_09_validation),
        META("draft/2019-09/meta/meta-data", 2019_09_meta_data),
        META("draft/2019-09/meta/format", 2019_09_format),
        META("draft/2019-09/meta/content", 2019_09_content),
        META("draft-07/schema", draft_07_schema),
        META("draft-06/schema", draft_06_schema),
        META("draft-04/schema", draft_04_schema),
#undef META
};

struct str meta_builtin(struct str uri)
{
	uri = schema_uri_page(uri);
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++)
		if (str_eqz(uri, builtins[i].page))
			return (struct str){builtins[i].bytes, *builtins[i].size};
	return STR_NONE;
}
