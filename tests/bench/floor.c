/*
 * floor.c - the least that any check of YAML files costs
 *
 *     floor <LIST
 *
 * Opens and reads each file of LIST (names, each followed by a NUL byte) and pulls libyaml's
 * events from it, in one thread. Nothing else: the cost of `stemma validate` is told as a
 * multiple of this one.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

/* Bytes, used again for each file. */
struct bytes {
	unsigned char *at;
	size_t n, cap;
};

/* All that FD has, and a NUL byte that n does not count. */
static bool read_all(struct bytes *b, int fd)
{
	b->n = 0;
	for (;;) {
		unsigned char *more = b->at;
		ssize_t got;

		if (b->cap - b->n < 2) {
			b->cap = b->cap ? 2 * b->cap : 65536;
			more = realloc(b->at, b->cap);
		}
		if (!more)
			return false;
		b->at = more;
		got = read(fd, b->at + b->n, b->cap - b->n - 1);
		if (got < 0)
			return false;
		b->at[b->n + (size_t)got] = '\0';
		if (got == 0)
			return true;
		b->n += (size_t)got;
	}
}

/* Up to the end or the first mistake. */
static bool pull(const struct bytes *b)
{
	yaml_parser_t parser;
	bool more = true;

	if (!yaml_parser_initialize(&parser))
		return false;
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, b->at, b->n);
	while (more) {
		yaml_event_t event;

		more = yaml_parser_parse(&parser, &event) &&
		       event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return true;
}

static bool take(const char *path, struct bytes *b)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && read_all(b, fd);

	if (fd >= 0)
		close(fd);
	return ok && pull(b);
}

int main(void)
{
	struct bytes list = {0}, file = {0};
	const char *end, *at;
	bool ok = read_all(&list, STDIN_FILENO);

	if (!ok)
		perror("floor: standard input");
	end = ok ? (const char *)list.at + list.n : NULL;
	for (at = (const char *)list.at; ok && at < end; at += strlen(at) + 1) {
		ok = take(at, &file);
		if (!ok)
			perror(at);
	}
	free(list.at);
	free(file.at);
	return !ok;
}
