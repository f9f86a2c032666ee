/*
 * late.h - libraries that few commands need, loaded at the first call of one of their functions
 *
 * The loader takes milliseconds for libcurl or libarchive, each of which brings a dozen further
 * libraries: as long as the rest of a command that answers at once. A door keeps a struct of
 * pointers to the functions that it calls:
 *
 *     struct late_door { __typeof__(&door_open) open; ... };
 */
#pragma once

#include <stddef.h>

/*
 * Load LIBRARY ("libcurl.so.4") and look up its functions NAMES, n of them; OUT gets their
 * addresses, in this order. It is never unloaded.
 * Fails: ends the program with a message when one is not there, as the loader does
 */
void late_load(void **out, const char *library, const char *const *names, size_t n);
