/*
 * replay.c - feed files to a fuzz target, without a fuzzer: the saved corpus as a test
 *
 *     replay [FILE | FOLDER]...
 *
 * Each file is passed once to LLVMFuzzerTestOneInput() in memory of exactly its size, so
 * that AddressSanitizer sees a read past the end. A folder stands for the files in it,
 * by name.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int failed(const char *path)
{
	perror(path);
	return 1;
}

static int replay_file(const char *path, size_t size)
{
	uint8_t *data = malloc(size ? size : 1);
	FILE *f = fopen(path, "rb");
	int bad = !f || !data || fread(data, 1, size, f) != size ? failed(path) : 0;

	if (!bad)
		LLVMFuzzerTestOneInput(data, size);
	if (f)
		fclose(f);
	free(data);
	return bad;
}

static int replay(const char *path);

static int replay_folder(const char *path)
{
	struct dirent **names;
	int n = scandir(path, &names, NULL, alphasort), bad = n < 0 ? failed(path) : 0;

	for (int i = 0; i < n; i++) {
		char name[4096];

		snprintf(name, sizeof(name), "%s/%s", path, names[i]->d_name);
		if (names[i]->d_name[0] != '.')
			bad |= replay(name);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return bad;
}

static int replay(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return failed(path);
	return S_ISDIR(st.st_mode) ? replay_folder(path)
	                           : replay_file(path, (size_t)st.st_size);
}

int main(int argc, char **argv)
{
	int bad = 0;

	for (int i = 1; i < argc; i++)
		bad |= replay(argv[i]);
	return bad;
}
