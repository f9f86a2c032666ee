/*
 * invenio.c - a program that plays a repository of InvenioRDM
 *
 *     double_invenio ADDRESS PORT-FILE CONTROL-FILE LOG-FILE
 *
 * One request a connection, one after the other; SIGTERM ends it. Answers have the shapes of
 * the documented ones, cut to what matters. CONTROL may hold one line, "METHOD PART TROUBLE
 * TIMES": the next TIMES requests of METHOD whose path has PART in it meet TROUBLE: a status
 * ("429" with Retry-After: 1, "503", "403", "413"), "cut" (the connection ends when half of the
 * body is in), "silent" (it is done, but the answer is lost), "garbled" (other bytes are kept),
 * "year" (429, and to come again in a year) or "hostile" (a record with signs in its id).
 * LOG has one line a request: method, path, status.
 */
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOKEN "Bearer good-token"
#define MOST 64
#define BODY (64u * 1024 * 1024)

struct file {
	char key[256], sum[33];
	size_t size;
	bool there, sent, completed;
};

struct record {
	char title[256], version[64];
	bool draft, published, doi, described;
	int parent;
	struct file files[MOST];
};

struct request {
	char method[16], path[1024];
	bool allowed;
	char *body;
	size_t n;
};

static struct record records[MOST];
static int records_n;
static const char *control, *log_name;

/* ---- trouble ---- */

static void trouble(char out[32], const struct request *q)
{
	char method[16], part[256], kind[32];
	int times;
	FILE *f = fopen(control, "r");
	bool meant = false;

	if (!f)
		return;
	if (fscanf(f, "%15s %255s %31s %d", method, part, kind, &times) == 4)
		meant = times > 0 && !strcmp(method, q->method) && strstr(q->path, part);
	(void)fclose(f);
	if (!meant)
		return;
	(void)snprintf(out, 32, "%s", kind);
	f = fopen(control, "w");
	if (f) {
		(void)fprintf(f, "%s %s %s %d\n", method, part, kind, times - 1);
		(void)fclose(f);
	}
}

/* ---- records ---- */

static void text_of(char *out, size_t size, const char *json, const char *key)
{
	char wanted[64];
	const char *at, *end;

	(void)snprintf(wanted, sizeof(wanted), "\"%s\": \"", key);
	at = json ? strstr(json, wanted) : NULL;
	end = at ? strchr(at + strlen(wanted), '"') : NULL;
	if (end)
		(void)snprintf(out, size, "%.*s", (int)(end - at - (long)strlen(wanted)),
		               at + strlen(wanted));
}

static void describe(struct record *r, const char *body)
{
	text_of(r->title, sizeof(r->title), body, "title");
	text_of(r->version, sizeof(r->version), body, "version");
	r->described = body && strstr(body, "\"publication_date\"") &&
	               strstr(body, "\"resource_type\"") && strstr(body, "\"creators\"");
}

static void add_record(char *out, size_t size, int i)
{
	const struct record *r = &records[i];
	size_t n = strlen(out);

	(void)snprintf(
	        out + n, size - n,
	        "{\"id\": \"rec-%d\", \"parent\": {\"id\": \"par-%d\"%s}, \"is_draft\": %s, "
	        "\"is_published\": %s, \"links\": {\"self_html\": "
	        "\"https://repository.example/%s/rec-%d\"}, \"pids\": {%s%.0d%s}, "
	        "\"metadata\": {\"title\": \"%s\", \"version\": \"%s\"}%s}",
	        i, r->parent,
	        r->published
	                ? ", \"pids\": {\"doi\": {\"identifier\": \"10.5281/all.1\"}}"
	                : "",
	        r->draft ? "true" : "false", r->published ? "true" : "false",
	        r->published ? "records" : "uploads", i,
	        r->doi ? "\"doi\": {\"identifier\": \"10.5281/example." : "",
	        r->doi ? i + 1 : 0, r->doi ? "\", \"provider\": \"datacite\"}" : "",
	        r->title, r->version,
	        r->described
	                ? ""
	                : ", \"errors\": [{\"field\": \"metadata.publication_date\", "
	                  "\"messages\": [\"Missing data for required field.\"]}]");
}

static struct file *file_of(struct record *r, const char *key, bool make)
{
	for (int i = 0; i < MOST; i++)
		if (r->files[i].there && !strcmp(r->files[i].key, key))
			return &r->files[i];
	for (int i = 0; make && i < MOST; i++)
		if (!r->files[i].there) {
			r->files[i] = (struct file){.there = true};
			(void)snprintf(r->files[i].key, sizeof(r->files[i].key), "%s",
			               key);
			return &r->files[i];
		}
	return NULL;
}

static void keep(struct file *f, const struct request *q)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int n = 0;

	(void)EVP_Digest(q->body, q->n, sum, &n, EVP_md5(), NULL);
	for (unsigned int i = 0; i < n; i++)
		(void)snprintf(f->sum + 2 * i, 3, "%02x", sum[i]);
	f->size = q->n;
	f->sent = true;
}

static void add_file(char *out, size_t size, const struct file *f)
{
	size_t n = strlen(out);

	(void)snprintf(out + n, size - n,
	               "{\"key\": \"%s\", \"status\": \"%s\", \"checksum\": \"md5:%s\", "
	               "\"size\": %zu}",
	               f->key, f->completed ? "completed" : "pending",
	               f->completed ? f->sum : "", f->size);
}

static int list_files(char *out, size_t size, const struct record *r)
{
	const char *between = "";

	(void)snprintf(out, size, "{\"enabled\": true, \"entries\": [");
	for (int i = 0; i < MOST; i++) {
		if (!r->files[i].there)
			continue;
		(void)strncat(out, between, size - strlen(out) - 1);
		add_file(out, size, &r->files[i]);
		between = ", ";
	}
	(void)strncat(out, "]}", size - strlen(out) - 1);
	return 200;
}

/* ---- what is asked ---- */

static int fail(char *out, size_t size, int status, const char *message)
{
	(void)snprintf(out, size, "{\"status\": %d, \"message\": \"%s\"}", status,
	               message);
	return status;
}

static int on_file(char *out, size_t size, struct record *r, const struct request *q,
                   const char *rest)
{
	char key[256] = "", what[32] = "";
	struct file *f;

	if (!strcmp(q->method, "POST") && !*rest) {
		text_of(key, sizeof(key), q->body, "key");
		if (file_of(r, key, false))
			return fail(out, size, 400, "File with key already exists.");
		(void)file_of(r, key, true);
		(void)list_files(out, size, r);
		return 201;
	}
	if (!*rest)
		return list_files(out, size, r);
	(void)sscanf(rest, "/%255[^/]/%31s", key, what);
	f = file_of(r, key, false);
	if (!f)
		return fail(out, size, 404, "No such file.");
	if (!strcmp(q->method, "DELETE")) {
		f->there = false;
		return 204;
	}
	if (!strcmp(what, "content"))
		keep(f, q);
	else if (!strcmp(what, "commit") && f->sent)
		f->completed = true;
	else
		return fail(out, size, 400, "File upload was not completed.");
	add_file(out, size, f);
	return 200;
}

static int publish(char *out, size_t size, int i)
{
	struct record *r = &records[i];
	bool any = false;

	for (int k = 0; k < MOST; k++) {
		if (r->files[k].there && !r->files[k].completed)
			return fail(out, size, 400,
			            "One or more files have not completed "
			            "their transfer, please wait.");
		any = any || r->files[k].there;
	}
	if (!any || !r->described)
		return fail(out, size, 400, "A validation error occurred.");
	r->published = true;
	r->draft = false;
	add_record(out, size, i);
	return 202;
}

static int new_version(char *out, size_t size, int i)
{
	if (!records[i].published)
		return fail(out, size, 404, "The record is not published.");
	for (int k = 0; k < records_n; k++)
		if (records[k].draft && records[k].parent == records[i].parent) {
			add_record(out, size, k);
			return 201;
		}
	records[records_n].draft = true;
	records[records_n].parent = records[i].parent;
	memcpy(records[records_n].title, records[i].title, sizeof(records[i].title));
	add_record(out, size, records_n++);
	return 201;
}

static int on_draft(char *out, size_t size, int i, const struct request *q,
                    const char *rest)
{
	struct record *r = &records[i];

	if (!r->draft)
		return fail(out, size, 404, "The draft does not exist.");
	if (!strncmp(rest, "/files", 6))
		return on_file(out, size, r, q, rest + 6);
	if (!strcmp(rest, "/actions/publish"))
		return publish(out, size, i);
	if (!strcmp(rest, "/pids/doi"))
		r->doi = true;
	else if (!strcmp(q->method, "PUT"))
		describe(r, q->body);
	add_record(out, size, i);
	return !strcmp(q->method, "POST") ? 201 : 200;
}

/* Drafts, or the published versions of what PARENT stands for. */
static int list_records(char *out, size_t size, int parent)
{
	const char *between = "";

	(void)snprintf(out, size, "{\"hits\": {\"hits\": [");
	for (int i = records_n - 1; i >= 0; i--) {
		if (parent < 0 ? !records[i].draft
		               : !records[i].published || records[i].parent != parent)
			continue;
		(void)strncat(out, between, size - strlen(out) - 1);
		add_record(out, size, i);
		between = ", ";
	}
	(void)strncat(out, "]}}", size - strlen(out) - 1);
	return 200;
}

static int respond(char *out, size_t size, const struct request *q)
{
	char rest[512] = "";
	int i = -1;

	*out = '\0';
	if (!q->allowed)
		return fail(out, size, 401,
		            "The server could not verify that you are "
		            "authorized to access the URL requested.");
	if (!strncmp(q->path, "/api/user/records?", 18))
		return list_records(out, size, -1);
	if (!strcmp(q->path, "/api/records") && !strcmp(q->method, "POST")) {
		records[records_n] = (struct record){.draft = true, .parent = records_n};
		describe(&records[records_n], q->body);
		add_record(out, size, records_n++);
		return 201;
	}
	if (sscanf(q->path, "/api/records/rec-%d%511s", &i, rest) < 1 || i < 0 ||
	    i >= records_n)
		return fail(out, size, 404, "The persistent identifier does not exist.");
	if (!strncmp(rest, "/draft", 6))
		return on_draft(out, size, i, q, rest + 6);
	if (!strncmp(rest, "/versions?", 10))
		return list_records(out, size, records[i].parent);
	if (!strcmp(rest, "/versions"))
		return new_version(out, size, i);
	if (!records[i].published)
		return fail(out, size, 404,
		            "The persistent identifier is not registered.");
	add_record(out, size, i);
	return 200;
}

/* ---- bytes ---- */

/* Read until the header is whole; returns where the body begins, 0 when it ends before. */
static size_t read_head(int fd, char *bytes, size_t *n)
{
	while (*n < BODY) {
		ssize_t got = read(fd, bytes + *n, BODY - *n);
		char *end;

		if (got <= 0)
			return 0;
		*n += (size_t)got;
		bytes[*n] = '\0';
		end = strstr(bytes, "\r\n\r\n");
		if (end)
			return (size_t)(end - bytes) + 4;
	}
	return 0;
}

static bool read_request(struct request *q, int fd, char *bytes, char what[32])
{
	size_t n = 0, start = read_head(fd, bytes, &n), length = 0;
	const char *at;

	if (!start || sscanf(bytes, "%15s %1023s", q->method, q->path) != 2)
		return false;
	trouble(what, q);
	q->allowed = strstr(bytes, "\r\nAuthorization: " TOKEN "\r\n") != NULL;
	at = strcasestr(bytes, "\r\nContent-Length: ");
	if (at)
		length = strtoul(at + 18, NULL, 10);
	if (strcasestr(bytes, "\r\nExpect: 100-continue"))
		(void)!write(fd, "HTTP/1.1 100 Continue\r\n\r\n", 25);
	while (n < start + length && start + length < BODY) {
		ssize_t got = read(fd, bytes + n, BODY - n);

		if (got <= 0 || (!strcmp(what, "cut") && n > start + length / 2))
			return false;
		n += (size_t)got;
	}
	q->body = bytes + start;
	q->n = length;
	q->body[length] = '\0';
	return strcmp(what, "cut") != 0;
}

static void note(const struct request *q, int status)
{
	FILE *f = fopen(log_name, "a");

	if (f) {
		(void)fprintf(f, "%s %s %d\n", q->method, q->path, status);
		(void)fclose(f);
	}
}

/* A second line for the notes, about another service. */
static int hostile(char *out, size_t size)
{
	(void)snprintf(out, size,
	               "{\"id\": \"7\\nhttps://zenodo.org/api 2026.06 1\", "
	               "\"is_published\": false}");
	return 201;
}

static void serve(int fd, char *bytes, char *out, size_t size)
{
	struct request q = {0};
	char what[32] = "", head[256];
	int status;

	if (!read_request(&q, fd, bytes, what))
		return;
	if (!strcmp(what, "garbled") && q.n)
		q.body[0] ^= 1;
	if (!strcmp(what, "year"))
		status = fail(out, size, 429, "Later.");
	else if (!strcmp(what, "hostile"))
		status = hostile(out, size);
	else if (atoi(what))
		status = fail(out, size, atoi(what),
		              atoi(what) == 413 ? "Quota exceeded." : "No.");
	else
		status = respond(out, size, &q);
	note(&q, status);
	if (!strcmp(what, "silent"))
		return;
	(void)snprintf(head, sizeof(head),
	               "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\n"
	               "Content-Length: %zu\r\nConnection: close\r\n%s\r\n",
	               status, strlen(out),
	               !strcmp(what, "year") ? "Retry-After: 31536000\r\n"
	               : status == 429       ? "Retry-After: 1\r\n"
	                                     : "");
	(void)!write(fd, head, strlen(head));
	(void)!write(fd, out, strlen(out));
}

int main(int argc, char **argv)
{
	static char out[1 << 20];
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);
	char *bytes = malloc(BODY + 1);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	FILE *f;

	if (argc != 5 || fd < 0 || !bytes ||
	    inet_pton(AF_INET, argv[1], &at.sin_addr) != 1 ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 16) ||
	    getsockname(fd, (struct sockaddr *)&at, &n))
		return 3;
	control = argv[3];
	log_name = argv[4];
	f = fopen(argv[2], "w");
	if (!f)
		return 3;
	(void)fprintf(f, "%d\n", ntohs(at.sin_port));
	(void)fclose(f);
	for (;;) {
		int c = accept(fd, NULL, NULL);

		if (c < 0)
			return 3;
		serve(c, bytes, out, sizeof(out));
		(void)close(c);
	}
}
