#include "cmd/internal.h"

#define COMMAND(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND)};
#undef COMMAND

const size_t commands_n = ARRAY_LEN(commands);

const struct command *command_find(struct str name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (str_eqz(name, commands[i]->name))
			return commands[i];
	return NULL;
}

const struct str *command_names(struct arena *a)
{
	struct str *names = arena_array(a, struct str, commands_n);

	for (size_t i = 0; i < commands_n; i++)
		names[i] = str_of(commands[i]->name);
	return names;
}
