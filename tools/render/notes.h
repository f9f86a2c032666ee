/*
 * notes.h - what is new in a release, for people: Markdown
 */
#pragma once

#include "base/buf.h"
#include "publish/publish.h"

/*
 * Append the notes of PLAN, which has a name. Nothing in the data is read as markup, and control
 * and bidi characters are made visible.
 */
void notes_render(struct buf *out, const struct release_plan *plan);
