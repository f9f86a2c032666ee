#include "base/late.h"

#include "../check.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void functions_come_in_order(void **state)
{
	static const char *const names[] = {"strlen", "strchr"};
	void *found[2];
	size_t (*length)(const char *s);

	(void)state;
	late_load(found, "libc.so.6", names, 2);
	memcpy(&length, &found[0], sizeof(length));
	assert_int_equal(length("three"), 5);
	assert_ptr_not_equal(found[0], found[1]);
}

/* What a program says that needs NAME of LIBRARY; its status is 3. */
static void load_in_vain(char *told, size_t size, const char *library, const char *name)
{
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		void *found;

		(void)dup2(ends[1], STDERR_FILENO);
		late_load(&found, library, &name, 1);
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	n = read(ends[0], told, size - 1);
	close(ends[0]);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 3 && n > 0);
	told[n] = '\0';
}

static void what_is_missing_is_told(void **state)
{
	char told[1000];

	(void)state;
	load_in_vain(told, sizeof(told), "libnowhere.so.1", "any");
	assert_non_null(strstr(told, "stemma: libnowhere.so.1 cannot be loaded: "));
	load_in_vain(told, sizeof(told), "libc.so.6", "no_such_function");
	assert_non_null(strstr(told, "no_such_function"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(functions_come_in_order),
	        cmocka_unit_test(what_is_missing_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
