#include "schema/internal.h"

static const struct draft drafts[] = {
        {.name = "2020-12",
         .uri = "https://json-schema.org/draft/2020-12/schema",
         .id = "$id",
         .bit = DRAFT_2020_12,
         .contains_describes = true},
        {.name = "2019-09",
         .uri = "https://json-schema.org/draft/2019-09/schema",
         .id = "$id",
         .bit = DRAFT_2019_09},
        {.name = "draft-07",
         .uri = "http://json-schema.org/draft-07/schema",
         .id = "$id",
         .bit = DRAFT_07,
         .id_anchors = true,
         .ref_alone = true},
        {.name = "draft-06",
         .uri = "http://json-schema.org/draft-06/schema",
         .id = "$id",
         .bit = DRAFT_06,
         .id_anchors = true,
         .ref_alone = true},
        {.name = "draft-04",
         .uri = "http://json-schema.org/draft-04/schema",
         .id = "id",
         .bit = DRAFT_04,
         .id_anchors = true,
         .ref_alone = true},
};

static struct str page(struct str uri)
{
	struct str fragment, text = schema_uri_split(uri, &fragment);

	return schema_uri_page(fragment.n ? uri : text);
}

bool draft_unnamed(struct str uri)
{
	return str_eqz(page(uri), "json-schema.org/schema");
}

const struct draft *draft_find(struct str uri)
{
	uri = page(uri);
	for (size_t i = 0; i < ARRAY_LEN(drafts); i++)
		if (str_eq(uri, schema_uri_page(str_of(drafts[i].uri))))
			return &drafts[i];
	return draft_unnamed(uri) ? &drafts[0] : NULL;
}

const struct draft *draft_at(size_t n)
{
	return n < ARRAY_LEN(drafts) ? &drafts[n] : NULL;
}
