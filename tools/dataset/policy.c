/*
 * policy.c - how a dataset is released and its links are asked about, and which rules it is
 *            held to
 */
#include "dataset/internal.h"

static struct str text_or(const struct doc_node *node, const char *key,
                          struct str otherwise)
{
	const struct doc_node *text = doc_get(node, key);

	return text ? doc_text(text) : otherwise;
}

struct release_policy policy_read(const struct doc_node *config)
{
	const struct doc_node *node = doc_get(config, "release");

	return (struct release_policy){
	        .branch = text_or(node, "branch", STR("published")),
	        .tag_prefix = text_or(node, "tag_prefix", STR("v")),
	        .remote = text_or(node, "remote", STR("origin")),
	        .semver = str_eqz(doc_text(doc_get(node, "versions")), "semver"),
	};
}

#define SERVICE(symbol, name) #name,
const char *const service_names[] = {SERVICES(SERVICE) NULL};
#undef SERVICE

static int number_or(const struct doc_node *node, const char *key, int otherwise)
{
	const struct doc_node *number = doc_get(node, key);

	return number ? (int)number->integer : otherwise;
}

struct link_policy dataset_link_policy(const struct doc_node *config)
{
	const struct doc_node *node = doc_get(config, "links");
	const struct doc_node *dead = doc_get(node, "dead_after");
	const struct doc_node *services = doc_get(node, "services");
	struct link_policy p = {
	        .mailto = doc_text(doc_get(node, "mailto")),
	        .dead_runs = number_or(dead, "runs", 1),
	        .dead_days = number_or(dead, "days", 0),
	};

	for (int i = 0; i < SERVICES_N; i++)
		p.services[i] = doc_text(doc_get(services, service_names[i]));
	return p;
}

int max_age_read(const struct doc_node *config)
{
	const struct doc_node *days =
	        doc_get(doc_get(config, "references"), "max_age_days");

	return days && days->kind == DOC_NUMBER && days->fits ? (int)days->integer : 0;
}

bool is_versioned(const struct collection *c)
{
	const struct path *history = c->roles.history;

	return history && history->n == 1 && !history->steps[0].each && c->id_is_stem &&
	       (c->read.format == DOC_AUTO || c->read.format == DOC_YAML);
}

void dataset_take_policy(struct dataset *d, const struct dataset *from)
{
	bool id_is_stem = dataset_severity(from, &rule_entry_id_filename) != SEVERITY_OFF;

	d->severities = from->severities;
	d->release = from->release;
	d->references.max_age_days = from->references.max_age_days;
	for (size_t i = 0; i < d->collections_n; i++) {
		d->collections[i].id_is_stem = id_is_stem;
		d->collections[i].versioned = is_versioned(&d->collections[i]);
	}
}
