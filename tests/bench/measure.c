/*
 * measure.c - what commands cost, as whole processes, run in turn
 *
 *     measure [-n ROUNDS] [-i FILE] COMMAND... [-- COMMAND...]...
 *
 * One round runs each command once (A B C A B C ...), so that a busy machine is busy for all
 * of them; a first round is not counted. Standard input is FILE, or empty; output is thrown
 * away. For each command: processor time (user and system), wall time and peak memory, as
 * minimum, median and maximum, and the median of the ratios to the first command's time in
 * the same round. Status 1 when a command cannot be run or ends with more than 1.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_COMMANDS 8
#define MAX_ROUNDS 1000

enum measure { CPU, WALL, PEAK, MEASURES }; /* milliseconds, milliseconds, MiB */

struct command {
	char **argv;
	double values[MEASURES][MAX_ROUNDS];
};

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Never returns. */
static _Noreturn void become(const struct command *c, const char *input)
{
	int in = open(input, O_RDONLY | O_CLOEXEC);
	int out = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0) {
		perror(input);
		_exit(127);
	}
	execvp(c->argv[0], c->argv);
	perror(c->argv[0]);
	_exit(127);
}

static bool run(const struct command *c, const char *input, double out[MEASURES])
{
	double start = now();
	struct rusage used;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		become(c, input);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
		perror("measure");
		return false;
	}
	out[WALL] = now() - start;
	out[CPU] = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
	out[PEAK] = (double)used.ru_maxrss / 1024;
	if (WIFEXITED(status) && WEXITSTATUS(status) <= 1)
		return true;
	fprintf(stderr, "measure: %s ended with %s %d\n", c->argv[0],
	        WIFEXITED(status) ? "status" : "signal",
	        WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return false;
}

static bool run_rounds(struct command *c, size_t n, size_t rounds, const char *input)
{
	double value[MEASURES];

	for (size_t r = 0; r <= rounds; r++)
		for (size_t i = 0; i < n; i++) {
			if (!run(&c[i], input, value))
				return false;
			for (int m = 0; r && m < MEASURES; m++)
				c[i].values[m][r - 1] = value[m];
		}
	return true;
}

static int order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The median of N numbers, which are sorted by the way. */
static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), order);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static double ratio(const struct command *c, const struct command *first, enum measure m,
                    size_t rounds)
{
	double ratios[MAX_ROUNDS];

	for (size_t r = 0; r < rounds; r++)
		ratios[r] = c->values[m][r] / first->values[m][r];
	return median(ratios, rounds);
}

/* The command without its folder. */
static void print_name(const struct command *c)
{
	const char *slash = strrchr(c->argv[0], '/');

	printf("    %s", slash ? slash + 1 : c->argv[0]);
	for (size_t i = 1; c->argv[i]; i++)
		printf(" %s", c->argv[i]);
	putchar('\n');
}

static void print(struct command *c, size_t n, size_t rounds)
{
	static const char *const titles[] = {"cpu ms", "wall ms", "peak MiB"};
	double ratios[MAX_COMMANDS][MEASURES];

	for (size_t i = 0; i < n; i++) /* first, while the rounds are in their order */
		for (int m = 0; m < MEASURES; m++)
			ratios[i][m] = ratio(&c[i], &c[0], (enum measure)m, rounds);
	for (size_t i = 0; i < n; i++) {
		print_name(&c[i]);
		for (int m = 0; m < MEASURES; m++) {
			double *v = c[i].values[m], mid = median(v, rounds);

			printf("        %-9s %10.2f %10.2f %10.2f", titles[m], v[0], mid,
			       v[rounds - 1]);
			printf(i ? "    %.3f of the first\n" : "\n", ratios[i][m]);
		}
	}
}

/* Split ARGV at each "--". Returns how many commands there are, 0 when that cannot be. */
static size_t split(struct command *out, char **argv)
{
	size_t n = 0;
	bool begins = true;

	for (; *argv; argv++) {
		if (strcmp(*argv, "--") == 0) {
			*argv = NULL;
			begins = true;
		} else if (begins) {
			if (n == MAX_COMMANDS)
				return 0;
			out[n++].argv = argv;
			begins = false;
		}
	}
	return n;
}

int main(int argc, char **argv)
{
	static struct command commands[MAX_COMMANDS];
	const char *input = "/dev/null";
	long rounds = 11;
	size_t n;
	int c;

	while ((c = getopt(argc, argv, "+n:i:")) != -1) {
		if (c == 'n')
			rounds = strtol(optarg, NULL, 10);
		else if (c == 'i')
			input = optarg;
		else
			return 2;
	}
	n = split(commands, argv + optind);
	if (!n || rounds < 1 || rounds > MAX_ROUNDS) {
		fputs("usage: measure [-n ROUNDS] [-i FILE] COMMAND... [-- "
		      "COMMAND...]...\n",
		      stderr);
		return 2;
	}
	if (!run_rounds(commands, n, (size_t)rounds, input))
		return 1;
	print(commands, n, (size_t)rounds);
	return 0;
}
