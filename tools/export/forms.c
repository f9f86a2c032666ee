#include "export/form.h"

#define FORM(symbol) &form_##symbol,
const struct form *const forms[] = {FORMS(FORM)};
#undef FORM
const size_t forms_n = ARRAY_LEN(forms);

const struct form *form_find(struct str name)
{
	for (size_t i = 0; i < forms_n; i++)
		if (str_eqz(name, forms[i]->name))
			return forms[i];
	return NULL;
}

bool form_is_fixed(const struct form *form)
{
	return form == &form_manifest || form == &form_sums;
}
