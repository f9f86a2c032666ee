#!/bin/sh
# The forms of a snapshot, and findings, read by the programs that people read them with: npm's,
# xmllint, sqlite3, tar, pandoc and bibutils. What is not installed is not asked; with no npm at all the
# test is skipped.
#
#     formats.sh STEMMA
here=$(realpath "$(dirname "$0")")
. "$(dirname "$0")/../release/lib.sh"

command -v npm >/dev/null || exit 77
mkdir "$top/npm" && cp "$here/package.json" "$here/package-lock.json" "$here/check.mjs" "$top/npm" || exit 2
(cd "$top/npm" && npm ci --ignore-scripts --no-audit --no-fund >"$top/npm.log" 2>&1) || {
	echo 'npm cannot install the programs'
	exit 77
}

# A program that may be missing.
have() {
	command -v "$1" >/dev/null
}

# This repository's dataset as a release of its own, with all that `about` can say.
repository() {
	mkdir "$top/full" && cd "$top/full" || exit 2
	git init -q -b main .
	cp -r "$REPO/dataset" "$REPO/schema" .
	cat >>dataset/stemma.yaml <<'END'
about:
  description: {en: "Methods: what they are & <where> they come from.", vi: Phương pháp}
  creators:
    - {family: Doe, given: Jane, orcid: 0000-0002-1825-0097, affiliation: A Place, ror: 03yrm5c26}
    - {name: "A Body, of people"}
  publisher: Example Press
  homepage: https://example.org/
  entry_page: https://example.org/{lang}/{id}
  keywords: [method, "\"quoted\": yes"]
  doi: 10.5281/zenodo.100
  funding: [{funder: A Fund, award: "42", title: A grant, url: "https://example.org/42"}]
END
	git add -A && git commit -qm data
	stemma release --first --date 2026-11-26 >/dev/null || exit 2
	stemma snapshot -o "$top/out" >/dev/null || exit 2
	stemma snapshot -o "$top/packed" --only csv,tar-gz,tar-zst >/dev/null || exit 2
}

# A small dataset whose texts would be commands, markup, fields or ends of lines elsewhere.
hostile() {
	mkdir -p "$top/hostile/e" && cd "$top/hostile" || exit 2
	git init -q -b main .
	cat >stemma.yaml <<'END'
title: "T \\ {x} <b>&amp;</b> \"q\""
license: as agreed between us
languages: {default: en, others: [vi]}
about: {description: "<script>alert(1)</script> ]]>", creators: [{name: "%$#_~^"}], publisher: "&", homepage: "https://example.org/?a=b&c"}
collections:
  e:
    folder: e
    roles:
      id: /id
      name: /name
      summary: /summary
      aliases: /aliases/*
      history: /history
      sources: /sources/*
      source: {key: /key, type: /type, title: /title, year: /year, venue: /venue, doi: /doi, url: /url, authors: /authors/*, authors_truncated: /more}
      author: {family: /family, given: /given, literal: /literal}
END
	cat >e/a.yaml <<'END'
id: a
name: {en: "A, \"a\" <i>&", vi: Đường dẫn}
summary: "=1+1 \\input{/etc/passwd}"
aliases: ["İnce Ayar", "Łódź; DROP TABLE entries", "東京大学のデータ"]
sources:
  - {key: k1, type: journal-article, title: "100% \\emph{of} {it} $x_1$ #1 & ~a^b \"c\"", year: 2020, venue: "J & K", doi: 10.1000/a_b, authors: [{family: "von der Sand, Jr", given: "X and Y"}, {literal: "{Curly} and Co"}], more: true}
  - {key: k2, type: book, title: "Two\nlines\r\nER  - \r\nTY  - BOOK", year: c. 1900, venue: Press, url: "https://example.org/a b?c={d}", authors: [{family: Plato}]}
  - {key: k3, title: Đường <b>thẳng</b>, authors: [{literal: "others"}]}
END
	cat >e/b.yaml <<'END'
id: b
name: B
sources:
  - {key: other, type: journal-article, title: another title for the same work, year: 2020, doi: "https://doi.org/10.1000/A_B"}
  - {key: k3, title: Đường <b>thẳng</b>, authors: [{literal: "others"}]}
END
	git add -A && git commit -qm data
	stemma submit a b --date 2026-11-26 >/dev/null && stemma approve a b --date 2026-11-26 >/dev/null || exit 2
	git add -A && git commit -qm approved
	stemma release --first --date 2026-11-26 >/dev/null || exit 2
	stemma snapshot -o "$top/odd" >/dev/null || exit 2
}

# Findings of many kinds, as a program that shows them gets them.
findings() {
	mkdir "$top/findings" && cd "$top/hostile" || exit 2
	printf 'id: c\nname: "\\u0007 <b>"\nname: again\nsources: [{key: k, doi: 10.1/x, url: "http://a b"}]\n' >e/c.yaml
	printf 'id: [\n' >e/d.yaml
	stemma validate --format sarif >"$top/findings/findings.sarif" 2>"$top/log"
	[ "$?" = 1 ] || complain "validate: $(cat "$top/log")"
}

# The files of the folder $1 that JSON schemas and grammars of ours tell of.
schemas() {
	for pair in CITATION.cff:CITATION.cff datacite:datacite.json datapackage:datapackage.json \
		croissant:croissant.json; do
		stemma validate --schema "$here/schema/${pair%%:*}.schema.json" "$1/${pair#*:}" \
			>"$top/log" 2>&1 || complain "$1/${pair#*:}: $(cat "$top/log")"
	done
	have xmllint || return 0
	xmllint --noout --nonet --relaxng "$here/schema/datacite.rng" "$1/datacite.xml" \
		2>"$top/log" || complain "$(cat "$top/log")"
	xmllint --noout --nonet --relaxng "$here/schema/atom.rng" "$1/changes.atom" \
		2>"$top/log" || complain "$(cat "$top/log")"
}

# How many works each program finds in the folder $1: as many as there are.
works() {
	want=$(grep -c '^{' "$1/references.csl.json")
	if have bib2xml; then
		n=$(bib2xml "$1/references.bib" 2>/dev/null | grep -c '<mods ')
		[ "$n" = "$want" ] || complain "$1: bib2xml finds $n of $want works"
		n=$(ris2xml "$1/references.ris" 2>/dev/null | grep -c '<mods ')
		[ "$n" = "$want" ] || complain "$1: ris2xml finds $n of $want works"
	fi
	if have pandoc; then
		for form in bibtex:references.bib csljson:references.csl.json; do
			n=$(pandoc -f "${form%%:*}" -t csljson "$1/${form#*:}" | grep -c '"id":')
			[ "$n" = "$want" ] || complain "$1: pandoc finds $n of $want works in ${form#*:}"
		done
	fi
}

# Questions to the database $1, each with its answer.
ask() { # FILE SQL ANSWER
	got=$(sqlite3 "$1" "$2" 2>&1)
	[ "$got" = "$3" ] || complain "$2: $got, expected $3"
}

databases() {
	have sqlite3 || return 0
	ask "$top/out/dataset.sqlite" 'PRAGMA integrity_check' ok
	ask "$top/out/dataset.sqlite" 'PRAGMA foreign_key_check' ''
	ask "$top/out/dataset.sqlite" 'PRAGMA application_id' 1937010017
	ask "$top/out/dataset.sqlite" 'SELECT count(*) FROM entries' \
		"$(wc -l <"$top/out/entries.jsonl")"
	ask "$top/out/dataset.sqlite" 'SELECT DISTINCT typeof(year) FROM entries' integer
	ask "$top/odd/dataset.sqlite" 'PRAGMA integrity_check' ok
	# shellcheck disable=SC2016 # it is a title
	ask "$top/odd/dataset.sqlite" "SELECT title FROM sources WHERE doi = '10.1000/a_b' AND key = 'k1'" \
		'100% \emph{of} {it} $x_1$ #1 & ~a^b "c"'
	ask "$top/odd/dataset.sqlite" "SELECT authors FROM sources WHERE key = 'k1'" \
		'von der Sand, Jr, X and Y; {Curly} and Co; others'
	for words in 'đường dẫn' 'duong dan' 'ĐƯỜNG' 'ince ayar' 'łódź' lodz passwd 東京 大学 データ '京 大学'; do
		ask "$top/odd/dataset.sqlite" \
			"SELECT id FROM search JOIN entries ON entry = search.rowid WHERE search MATCH '$words'" a
	done
	ask "$top/odd/dataset.sqlite" "SELECT group_concat(language || '=' || name, '|') FROM names" \
		'en=A, "a" <i>&|vi=Đường dẫn'
}

archives() {
	name=scholargate-research-methods-2026.11
	for ending in gz zst; do
		[ "$ending" = gz ] || have zstd || continue
		mkdir "$top/x-$ending"
		tar -xf "$top/packed/$name.tar.$ending" -C "$top/x-$ending" || complain "tar -xf $ending"
		cmp "$top/x-$ending/$name/entries.csv" "$top/packed/entries.csv" || bad=1
		n=$(tar -tvf "$top/packed/$name.tar.$ending" --utc --numeric-owner --full-time |
			grep -vc '^-rw-r--r-- 0/0 *[0-9]* 2026-11-26 00:00:00 ')
		[ "$n" = 0 ] || complain "$ending: $n members tell of the machine"
	done
}

repository
hostile
findings
node "$top/npm/check.mjs" "$top/findings" || bad=1
for dir in "$top/out" "$top/odd"; do
	node "$top/npm/check.mjs" "$dir" || bad=1
	schemas "$dir"
	works "$dir"
done
[ "$(grep -c '^{' "$top/odd/references.csl.json")" = 3 ] || complain 'equal works stand there twice'
databases
archives
exit "$bad"
