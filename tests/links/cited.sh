#!/bin/sh
# cited.sh STEMMA ROGUED DOUBLE: citations are asked of the registries, compared, kept, and
# compared again without a network.
. "$(dirname "$0")/lib.sh"

mkdir notes
cat >stemma.yaml <<'END'
collections:
  notes:
    folder: notes
    roles:
      id: /id
      sources: /sources/*
      source: {key: /key, doi: /doi, title: /title, year: /year, authors: /authors/*}
      author: {family: /family, given: /given}
references: {folder: references}
rules: {reference.missing: note}
END
cat >notes/a.yaml <<'END'
id: a
sources:
  - key: wakefield1998
    doi: 10.1016/S0140-6736(97)11096-0
    title: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in children
    authors: [{family: Wakefield, given: A. J.}]
    year: 1998
  - key: he2016
    doi: https://doi.org/10.1109/CVPR.2016.90
    title: A Title of Something Else
    authors: [{family: Nobody, given: N.}]
    year: 1916
  - {key: none, doi: 10.99999/nonexistent-prefix}
  - {key: bad, doi: nothing}
END
compared() {
	cat <<'END'
notes/a.yaml:4:10: error: 10.1016/s0140-6736(97)11096-0 was retracted on 2010-02-06: 10.1016/s0140-6736(10)60175-4 (source: publisher); cite another work, or say of this source that it is retracted [citation.retracted]
notes/a.yaml:9:10: error: "Nobody, N." is no author of 10.1109/cvpr.2016.90 at Crossref; the first is "He, Kaiming"; look the DOI up; if it is right, write "He, Kaiming" [citation.author]
notes/a.yaml:9:10: error: the title "A Title of Something Else" is another than "Deep Residual Learning for Image Recognition", which Crossref has for 10.1109/cvpr.2016.90; look the DOI up; if it is right, write "Deep Residual Learning for Image Recognition" [citation.title]
notes/a.yaml:9:10: warning: the year is 1916, but Crossref has 2016 for 10.1109/cvpr.2016.90; if it is this work, write 2016 [citation.year]
END
}
unregistered='notes/a.yaml:13:22: error: 10.99999/nonexistent-prefix is not registered [citation.unregistered]'
bad='notes/a.yaml:14:21: error: nothing cannot be looked up: no DOI: one begins with 10., digits and a slash [citation.invalid]'

{ compared && echo "$unregistered" && echo "$bad"; } | expect 1 links --format gnu
links --format json >report.json
"$stemma" validate --schema "$repo/schema/links.schema.json" report.json >valid || {
	cat valid
	failed=1
}
is 'days of answers' "$(grep -c '"verified": "2026-06-20"' report.json)" 2

# All of it is remembered, and --fetch writes what is remembered.
before=$(wc -l <double.log)
links --fetch >told
is 'status of --fetch' $? 1
is 'records written' "$(grep -c '^2 records were written, 0 left unchanged$' told)" 1
is 'requests with a warm cache' "$(wc -l <double.log)" "$before"
is 'kept files' "$(find references -name '*.json' | wc -l)" 2
cp -R references kept
links --fetch --date 2026-06-21 >told
is 'records as they were' "$(grep -c '^0 records were written, 2 left unchanged$' told)" 1
diff -r kept references || failed=1

# Without a network the same is told, and one is missing.
before=$(wc -l <double.log)
# shellcheck disable=SC2016 # no commands
missing='notes/a.yaml:13:22: note: no record of it is kept; `stemma links --fetch` asks the registry for it [reference.missing]'
{ compared && echo "$missing" && echo "$bad"; } | expect 1 links --offline --format gnu
is 'requests offline' "$(wc -l <double.log)" "$before"
"$stemma" validate --format gnu >validated
is 'validate compares as well' "$(grep -c '\[citation.\(retracted\|title\|author\|year\)\]' validated)" 4

# A registry that is down has not said that a work does not exist.
rm -rf cache.sqlite* references
echo 'all 503' >control
links --format gnu >told
is 'status when the registries are down' $? 1
is 'unknown when they are down' "$(grep -c '\[citation.unknown\]' told)" 3
is 'not registered when they are down' "$(grep -c '\[citation.unregistered\]' told)" 0
: >control

# A list of retractions is enough.
cat >retracted.csv <<'END'
Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
1,x,2/6/2010 0:00,10.1016/S0140-6736(10)60175-4,2/28/1998 0:00,10.1016/s0140-6736(97)11096-0,Retraction,y
END
links --offline --retractions retracted.csv --format gnu >told
is 'status with a list' $? 1
is 'retracted by the list' "$(grep -c '^notes/a.yaml:4:10: .*\[citation.retracted\]$' told)" 1
links --offline --retractions nowhere.csv >told
is 'status without the list' $? 3
exit $failed
