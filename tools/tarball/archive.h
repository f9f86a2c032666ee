/*
 * archive.h - libarchive, loaded when it is first needed; private to this folder
 *
 *     archive()->write_new()      is archive_write_new()
 */
#pragma once

#include <archive.h>
#include <archive_entry.h>

/* Every function of the library that is called here. */
#define ARCHIVE_CALLS(CALL) \
	CALL(entry_clear) \
	CALL(entry_copy_pathname) \
	CALL(entry_free) \
	CALL(entry_new) \
	CALL(entry_set_filetype) \
	CALL(entry_set_gid) \
	CALL(entry_set_mtime) \
	CALL(entry_set_perm) \
	CALL(entry_set_size) \
	CALL(entry_set_uid) \
	CALL(error_string) \
	CALL(write_add_filter_gzip) \
	CALL(write_add_filter_zstd) \
	CALL(write_close) \
	CALL(write_data) \
	CALL(write_free) \
	CALL(write_header) \
	CALL(write_new) \
	CALL(write_open_filename) \
	CALL(write_set_filter_option) \
	CALL(write_set_format_gnutar)

struct archive_calls {
#define CALL(name) __typeof__(&archive_##name) name;
	ARCHIVE_CALLS(CALL)
#undef CALL
};

/* Any thread. */
const struct archive_calls *archive(void);
