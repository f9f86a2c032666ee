#include "cmd/internal.h"

#include "dataset/dataset.h"

bool run_open_dataset(struct dataset **out, struct run *r, const char *otherwise,
                      struct diag_list *diags, struct err *err)
{
	struct str path;

	if (dataset_find(&path, r->dataset, r->arena))
		return dataset_open(out, path, r->arena, diags, err);
	if (r->dataset.n)
		return err_set(err, ERR_USAGE, "there is no stemma.yaml in " STR_FMT,
		               STR_ARG(r->dataset));
	return err_set(
	        err, ERR_USAGE,
	        "no stemma.yaml found in this folder or one above; give --dataset DIR%s",
	        otherwise);
}
