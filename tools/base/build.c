#include "base/build.h"

#include "base/sum.h"

#include <link.h>
#include <stdbool.h>
#include <stddef.h>

#define NOTE_ALIGN(n) (((size_t)(n) + 3) & ~(size_t)3)

struct builds {
	uint64_t number;
	bool seen, missing; /* the program itself, which comes first, has none */
};

/* Source: System V ABI, "Note Section" */
static struct str find_id(struct str notes)
{
	while (notes.n > sizeof(ElfW(Nhdr))) {
		const ElfW(Nhdr) *note = (const void *)notes.s;
		size_t name = NOTE_ALIGN(note->n_namesz);
		size_t from = sizeof(*note) + name;

		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4)
			return str_sub(notes, from, note->n_descsz);
		notes = str_sub(notes, from + NOTE_ALIGN(note->n_descsz), notes.n);
	}
	return STR_NONE;
}

static int add_object(struct dl_phdr_info *info, size_t size, void *ctx)
{
	struct builds *b = ctx;
	struct str id = STR_NONE;

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum && !id.n; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type == PT_NOTE)
			id = find_id(
			        (struct str){(const char *)(uintptr_t)(info->dlpi_addr +
			                                               part->p_vaddr),
			                     part->p_memsz});
	}
	b->missing = b->missing || (!b->seen && !id.n);
	b->seen = true;
	if (id.n)
		b->number = sum64(b->number, id);
	return 0;
}

uint64_t build_number(void)
{
	struct builds b = {0};

	(void)dl_iterate_phdr(add_object, &b);
	return b.missing ? 0 : b.number;
}
