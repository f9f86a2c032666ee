/*
 * curl.h - libcurl, loaded when it is first needed; private to this folder
 *
 *     curl()->easy_init()      is curl_easy_init()
 */
#pragma once

#include <curl/curl.h>

/* Every function of the library that is called here. */
#define CURL_CALLS(CALL) \
	CALL(easy_cleanup) \
	CALL(easy_getinfo) \
	CALL(easy_init) \
	CALL(easy_reset) \
	CALL(easy_setopt) \
	CALL(free) \
	CALL(getdate) \
	CALL(global_cleanup) \
	CALL(global_init) \
	CALL(multi_add_handle) \
	CALL(multi_cleanup) \
	CALL(multi_info_read) \
	CALL(multi_init) \
	CALL(multi_perform) \
	CALL(multi_poll) \
	CALL(multi_remove_handle) \
	CALL(multi_setopt) \
	CALL(multi_strerror) \
	CALL(share_cleanup) \
	CALL(share_init) \
	CALL(share_setopt) \
	CALL(slist_append) \
	CALL(slist_free_all) \
	CALL(url) \
	CALL(url_cleanup) \
	CALL(url_get) \
	CALL(url_set)

struct curl_calls {
#define CALL(name) __typeof__(&curl_##name) name;
	CURL_CALLS(CALL)
#undef CALL
};

/* Any thread. */
const struct curl_calls *curl(void);
