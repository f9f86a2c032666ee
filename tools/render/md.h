/*
 * md.h - text of strangers in Markdown; private to this folder
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

/*
 * Text on one line, as in a table cell: nothing in it is markup, unsafe characters are
 * visible, line ends are <br>.
 */
void md_text(struct buf *out, struct str s);
/* A line of its own: how it starts must not make it a heading, a list or a quotation. */
void md_line(struct buf *out, struct str s);
/*
 * An address inside ( ): blanks and brackets would end it, backticks would open code. What is
 * not ASCII is written as RFC 3987, 3.1 maps it, so that nothing in it is invisible.
 */
void md_address(struct buf *out, struct str s);
