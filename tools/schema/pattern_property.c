#include "schema/pattern_translate.h"

#include <stdio.h>

#define NAME_MAX_BYTES 48

/* Long, short and other names of the values of General_Category; PCRE2 knows the short ones. */
static const struct category {
	const char *brief, *name, *alias;
} categories[] = {
        {"L", "Letter", NULL},
        {"L&", "Cased_Letter", "LC"},
        {"Lu", "Uppercase_Letter", NULL},
        {"Ll", "Lowercase_Letter", NULL},
        {"Lt", "Titlecase_Letter", NULL},
        {"Lm", "Modifier_Letter", NULL},
        {"Lo", "Other_Letter", NULL},
        {"M", "Mark", "Combining_Mark"},
        {"Mn", "Nonspacing_Mark", NULL},
        {"Mc", "Spacing_Mark", NULL},
        {"Me", "Enclosing_Mark", NULL},
        {"N", "Number", NULL},
        {"Nd", "Decimal_Number", "digit"},
        {"Nl", "Letter_Number", NULL},
        {"No", "Other_Number", NULL},
        {"P", "Punctuation", "punct"},
        {"Pc", "Connector_Punctuation", NULL},
        {"Pd", "Dash_Punctuation", NULL},
        {"Ps", "Open_Punctuation", NULL},
        {"Pe", "Close_Punctuation", NULL},
        {"Pi", "Initial_Punctuation", NULL},
        {"Pf", "Final_Punctuation", NULL},
        {"Po", "Other_Punctuation", NULL},
        {"S", "Symbol", NULL},
        {"Sm", "Math_Symbol", NULL},
        {"Sc", "Currency_Symbol", NULL},
        {"Sk", "Modifier_Symbol", NULL},
        {"So", "Other_Symbol", NULL},
        {"Z", "Separator", NULL},
        {"Zs", "Space_Separator", NULL},
        {"Zl", "Line_Separator", NULL},
        {"Zp", "Paragraph_Separator", NULL},
        {"C", "Other", NULL},
        {"Cc", "Control", "cntrl"},
        {"Cf", "Format", NULL},
        {"Cs", "Surrogate", NULL},
        {"Co", "Private_Use", NULL},
        {"Cn", "Unassigned", NULL},
};

/* Binary properties; PCRE2 knows them by the same names, except those treated apart. */
static const struct binary {
	const char *name, *alias;
} binaries[] = {
        {"ASCII", NULL},
        {"ASCII_Hex_Digit", "AHex"},
        {"Alphabetic", "Alpha"},
        {"Any", NULL},
        {"Assigned", NULL},
        {"Bidi_Control", "Bidi_C"},
        {"Bidi_Mirrored", "Bidi_M"},
        {"Case_Ignorable", "CI"},
        {"Cased", NULL},
        {"Changes_When_Casefolded", "CWCF"},
        {"Changes_When_Casemapped", "CWCM"},
        {"Changes_When_Lowercased", "CWL"},
        {"Changes_When_NFKC_Casefolded", "CWKCF"},
        {"Changes_When_Titlecased", "CWT"},
        {"Changes_When_Uppercased", "CWU"},
        {"Dash", NULL},
        {"Default_Ignorable_Code_Point", "DI"},
        {"Deprecated", "Dep"},
        {"Diacritic", "Dia"},
        {"Emoji", NULL},
        {"Emoji_Component", "EComp"},
        {"Emoji_Modifier", "EMod"},
        {"Emoji_Modifier_Base", "EBase"},
        {"Emoji_Presentation", "EPres"},
        {"Extended_Pictographic", "ExtPict"},
        {"Extender", "Ext"},
        {"Grapheme_Base", "Gr_Base"},
        {"Grapheme_Extend", "Gr_Ext"},
        {"Hex_Digit", "Hex"},
        {"IDS_Binary_Operator", "IDSB"},
        {"IDS_Trinary_Operator", "IDST"},
        {"ID_Continue", "IDC"},
        {"ID_Start", "IDS"},
        {"Ideographic", "Ideo"},
        {"Join_Control", "Join_C"},
        {"Logical_Order_Exception", "LOE"},
        {"Lowercase", "Lower"},
        {"Math", NULL},
        {"Noncharacter_Code_Point", "NChar"},
        {"Pattern_Syntax", "Pat_Syn"},
        {"Pattern_White_Space", "Pat_WS"},
        {"Quotation_Mark", "QMark"},
        {"Radical", NULL},
        {"Regional_Indicator", "RI"},
        {"Sentence_Terminal", "STerm"},
        {"Soft_Dotted", "SD"},
        {"Terminal_Punctuation", "Term"},
        {"Unified_Ideograph", "UIdeo"},
        {"Uppercase", "Upper"},
        {"Variation_Selector", "VS"},
        {"White_Space", "space"},
        {"XID_Continue", "XIDC"},
        {"XID_Start", "XIDS"},
};

static const char *category(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(categories); i++) {
		const struct category *c = &categories[i];
		bool brief = str_eqz(name, c->brief) && !str_ends(name, STR("&"));

		if (brief || str_eqz(name, c->name) ||
		    (c->alias && str_eqz(name, c->alias)))
			return c->brief;
	}
	return NULL;
}

static const char *binary(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(binaries); i++) {
		const struct binary *b = &binaries[i];

		if (str_eqz(name, b->name) || (b->alias && str_eqz(name, b->alias)))
			return b->name;
	}
	return NULL;
}

/*
 * Script names are PCRE2's to know, but it ignores case and underscores: only the spelling of
 * the standard, "Old_Italic", may reach it.
 */
static bool is_script_spelling(struct str s)
{
	bool start = true;

	if (str_eqz(s, "SignWriting"))
		return true;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (c == '_' ? start : start ? c < 'A' || c > 'Z' : c < 'a' || c > 'z')
			return false;
		start = c == '_';
	}
	return s.n && !start;
}

/* "ASCII" has no name in PCRE2: an escape of ours for the same set. */
static void emit_ascii(struct pattern_translation *t, bool negated, bool in_class)
{
	static const char *const sets[2][2] = {
	        {"[\\x00-\\x7f]", "\\x00-\\x7f"},
	        {"[^\\x00-\\x7f]", "\\x{80}-\\x{10ffff}"},
	};

	buf_addz(t->out, sets[negated][in_class]);
}

static bool lone_property(struct pattern_translation *t, size_t at, struct str name,
                          bool negated, bool in_class)
{
	const char *set = category(name);

	if (!set)
		set = binary(name);
	if (!set)
		return pattern_bad(t, at, "an unknown Unicode property",
		                   "check the spelling, as in \\p{Letter} or \\p{Lu}; a "
		                   "script is written \\p{Script=Greek}");
	if (str_eqz(name, "ASCII"))
		emit_ascii(t, negated, in_class);
	else if (str_eqz(name, "Assigned"))
		buf_addz(t->out, negated ? "\\p{Cn}" : "\\P{Cn}");
	else if (str_eqz(str_of(set), "Changes_When_NFKC_Casefolded"))
		pattern_unsupported(t, at, "a Unicode property without data",
		                    "list the characters");
	else
		buf_addf(t->out, "\\%c{%s}", negated ? 'P' : 'p', set);
	return true;
}

static bool valued_property(struct pattern_translation *t, size_t at, struct str name,
                            struct str value, bool negated)
{
	const char *set = category(value);
	bool script = str_eqz(name, "Script") || str_eqz(name, "sc");
	bool extensions = str_eqz(name, "Script_Extensions") || str_eqz(name, "scx");
	char letter = negated ? 'P' : 'p';

	if (set && (str_eqz(name, "General_Category") || str_eqz(name, "gc"))) {
		buf_addf(t->out, "\\%c{%s}", letter, set);
		return true;
	}
	if ((script || extensions) && is_script_spelling(value)) {
		buf_addf(t->out, "\\%c{%s:" STR_FMT "}", letter, script ? "sc" : "scx",
		         STR_ARG(value));
		return true;
	}
	return pattern_bad(t, at, "an unknown Unicode property or value",
	                   "write \\p{gc=Letter}, \\p{Script=Greek} or "
	                   "\\p{Script_Extensions=Greek}");
}

bool pattern_property(struct pattern_translation *t, bool negated, bool in_class)
{
	size_t at = t->at - 2, end, equals;
	struct str inside = str_sub(t->in, t->at, t->in.n);

	end = str_find(inside, '}');
	if (!str_starts(inside, STR("{")) || end == inside.n || end > NAME_MAX_BYTES)
		return pattern_bad(t, at, "a Unicode property without its name",
		                   "write \\p{Letter}");
	t->at += end + 1;
	inside = str_sub(inside, 1, end - 1);
	equals = str_find(inside, '=');
	if (equals == inside.n)
		return lone_property(t, at, inside, negated, in_class);
	return valued_property(t, at, str_sub(inside, 0, equals),
	                       str_sub(inside, equals + 1, inside.n), negated);
}
