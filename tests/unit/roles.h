/*
 * roles.h - the roles of a plain entry, for tests below the configuration
 */
#pragma once

#include "check.h"

#include "entry/entry.h"

static inline const struct path *role(struct arena *a, const char *text)
{
	struct path *p = arena_new(a, struct path);
	struct err err = {0};

	assert_true(path_compile(p, str_of(text), a, &err));
	return p;
}

static inline struct roles plain_roles(struct arena *a)
{
	return (struct roles){
	        .id = role(a, "/id"),
	        .seminal = role(a, "/seminal"),
	        .history = role(a, "/history"),
	        .sources = role(a, "/sources/*"),
	        .source_key = role(a, "/key"),
	        .source_doi = role(a, "/doi"),
	        .source_url = role(a, "/url"),
	        .source_same_work = role(a, "/same_work"),
	        .source_role = role(a, "/role"),
	        .source_status = role(a, "/status"),
	        .source_title = role(a, "/title"),
	        .source_year = role(a, "/year"),
	        .source_venue = role(a, "/venue"),
	        .source_type = role(a, "/type"),
	        .source_authors = role(a, "/authors/*"),
	        .author_family = role(a, "/family"),
	        .author_given = role(a, "/given"),
	        .author_literal = role(a, "/literal"),
	        .author_more = role(a, "/more"),
	        .dois = role(a, "/doi"),
	        .dois_n = 1,
	};
}
