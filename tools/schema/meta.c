#include "schema/internal.h"

#define DRAFT "https://json-schema.org/draft/2020-12/"

#define META(symbol) \
	extern const char schema_meta_##symbol[]; \
	extern const size_t schema_meta_##symbol##_size
META(schema);
META(core);
META(applicator);
META(unevaluated);
META(validation);
META(meta_data);
META(format_annotation);
META(format_assertion);
META(content);
#undef META

static const struct builtin {
	const char *uri, *bytes;
	const size_t *size;
} builtins[] = {
#define META(path, symbol) \
	{ \
		DRAFT path, schema_meta_##symbol, &schema_meta_##symbol##_size \
	}
        META("schema", schema),
        META("meta/core", core),
        META("meta/applicator", applicator),
        META("meta/unevaluated", unevaluated),
        META("meta/validation", validation),
        META("meta/meta-data", meta_data),
        META("meta/format-annotation", format_annotation),
        META("meta/format-assertion", format_assertion),
        META("meta/content", content),
#undef META
};

struct str meta_builtin(struct str uri)
{
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++)
		if (str_eqz(uri, builtins[i].uri))
			return (struct str){builtins[i].bytes, *builtins[i].size};
	return STR_NONE;
}
