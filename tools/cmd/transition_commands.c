/*
 * transition_commands.c - the rows of the commands that take entries through their states
 */
#include "cmd/transition.h"

#include "render/transition.h"

#define OPTION_ALL(help) OPT_FLAG('a', "all", struct transition_args, all, help)
#define OPTION_FIELD \
	OPT_LIST( \
	        0, "field", "[PATH=]TERM", struct transition_args, fields, \
	        "Choose the entries that have this term of a vocabulary: anywhere, or at " \
	        "PATH, such as field=deep-learning; of several all must hold. " \
	        "Entries on which the event is not possible are left out.")
#define OPTION_REASON(help) \
	OPT_STRING('r', "reason", "TEXT", struct transition_args, reason, help)
#define OPTIONS_SUCCESSION \
	OPT_LIST(0, "successor", "ID", struct transition_args, successors, \
	         "An entry of the same collection to use instead."), \
	        OPT_STRING(0, "duplicate-of", "ID", struct transition_args, \
	                   duplicate_of, \
	                   "The entry of the same collection that this one repeats.")
#define OPTIONS_COMMON \
	OPT_STRING('n', "note", "TEXT", struct transition_args, note, \
	           "A remark for the history line."), \
	        OPT_STRING(0, "by", "NAME <ADDRESS>", struct transition_args, by, \
	                   "Who does it; without it git's identity."), \
	        OPT_STRING(0, "date", "DATE", struct transition_args, date, \
	                   "The day, YYYY-MM-DD; without it that of SOURCE_DATE_EPOCH, " \
	                   "or today (UTC)."), \
	        OPT_FLAG(0, "commit", struct transition_args, commit, \
	                 "Commit the changed files, and nothing else, with git."), \
	        OPT_FLAG(0, "dry-run", struct transition_args, dry_run, \
	                 "Show what would happen and write nothing."), \
	        OPT_CHOICE('f', "format", "FORMAT", transition_format_names, \
	                   struct transition_args, format, "How the result is printed.")

#define STATUS_TEXT \
	"0  done, or nothing to do\n" \
	"1  refused, or findings of severity error; nothing was written\n" \
	"2  wrong usage, no such entry, or a stemma.yaml that cannot be used\n" \
	"3  a file could not be read or written, or git could not do its part"

/* After the first paragraph of each text. */
#define TEXT_COMMON \
	"\n\nOne line is appended to the history of each entry; every other byte of the " \
	"file stays. When one entry is refused, nothing is written at all. Entries are " \
	"named by id, by COLLECTION/ID, or by their file."

#define TEXT_PUBLIC \
	" The version is the one that the newest release on the branch of releases has, " \
	"whatever draft the file holds; readers see the event with the next release."

static const struct transition_args defaults = {0};

#define COMMAND(sym, verb, what, explained, rows) \
	const struct command command_##sym = { \
	        .name = verb, \
	        .summary = what, \
	        .operands = "[ID...]", \
	        .text = explained TEXT_COMMON, \
	        .status = STATUS_TEXT, \
	        .options = rows##_options, \
	        .options_n = ARRAY_LEN(rows##_options), \
	        .examples = sym##_examples, \
	        .examples_n = ARRAY_LEN(sym##_examples), \
	        .defaults = &defaults, \
	        .size = sizeof(struct transition_args), \
	        .operands_max = -1, \
	        .run = transition_run, \
	}

static const struct opt submit_options[] = {
        OPTION_ALL("Choose every draft without errors."), OPTION_FIELD, OPTIONS_COMMON};
static const struct opt return_options[] = {
        OPTION_REASON("Why; required, it stands in the history for ever."),
        OPTION_ALL("Choose everything in review."), OPTION_FIELD, OPTIONS_COMMON};
static const struct opt approve_options[] = {
        OPTION_ALL("Choose everything in review that has no errors."), OPTION_FIELD,
        OPTIONS_COMMON};
static const struct opt deprecate_options[] = {
        OPTION_REASON("Why; readers see it."), OPTIONS_SUCCESSION,
        OPTION_ALL("Only together with --field."), OPTION_FIELD, OPTIONS_COMMON};
static const struct opt withdraw_options[] = {
        OPTION_REASON("Why; required, readers see it."), OPTIONS_SUCCESSION,
        OPTION_ALL("Only together with --field."), OPTION_FIELD, OPTIONS_COMMON};
static const struct opt reinstate_options[] = {OPTION_REASON("Why; readers see it."),
                                               OPTION_ALL("Only together with --field."),
                                               OPTION_FIELD, OPTIONS_COMMON};

static const struct command_example submit_examples[] = {
        {"submit lora-peft", "ask for a review of one entry"},
        {"submit --all --commit", "submit every draft without errors, and commit that"},
        {"submit --field deep-learning --dry-run", "see which drafts of a field are due"},
};
static const struct command_example return_examples[] = {
        {"return lora-peft --reason \"two sources are missing\"", "send it back"},
};
static const struct command_example approve_examples[] = {
        {"approve lora-peft bert-fine-tuning", "approve two entries"},
        {"approve --all --by \"B. Editor <b@example.org>\"",
         "approve all that is in review, in somebody's name"},
};
static const struct command_example deprecate_examples[] = {
        {"deprecate old-method --successor new-method", "name what to use instead"},
};
static const struct command_example withdraw_examples[] = {
        {"withdraw x --reason \"its source was retracted\"", "take an entry back"},
        {"withdraw x --reason duplicate --duplicate-of y", "say which entry remains"},
};
static const struct command_example reinstate_examples[] = {
        {"reinstate x", "a deprecated or withdrawn entry is valid again"},
};

COMMAND(submit, "submit", "ask for a review: draft to review",
        "Submit the drafts of entries for review. A draft is what differs from the last "
        "approved version; an edit after a submission makes it a draft again. Entries "
        "with findings of severity error are refused.",
        submit);
COMMAND(return, "return", "send back to the author: review to draft",
              "Return entries from review to their authors, with a reason.", return );
COMMAND(approve, "approve", "approve what is in review",
        "Approve the version of entries that is in review; the next release publishes "
        "it. Entries with findings of severity error are refused. The rule "
        "`history.two-person`, off unless stemma.yaml says otherwise, asks for another "
        "person than who submitted it.",
        approve);
COMMAND(deprecate, "deprecate", "advise against a published version",
        "Mark the published version of entries as deprecated: still valid, not to be "
        "used for new work." TEXT_PUBLIC,
        deprecate);
COMMAND(withdraw, "withdraw", "take back a published version",
        "Withdraw the published version of entries, with a reason. They stay "
        "retrievable and keep their ids, and nothing can be submitted or approved for "
        "them until they are reinstated." TEXT_PUBLIC,
        withdraw);
COMMAND(reinstate, "reinstate", "undo a deprecation or a withdrawal",
        "Make the deprecated or withdrawn version of entries a published one "
        "again." TEXT_PUBLIC,
        reinstate);
