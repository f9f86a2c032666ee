#!/bin/sh
# The recipes for continuous integration do what they are said to do.
#
#     recipes.sh STEMMA DOUBLE FILE
#
# FILE's blocks marked ```yaml whose first line is "# PATH" are workflows. Their steps are run in
# clean clones, with a double of the repository for deposits; links are looked at offline, and what
# only a service can do ("uses") is left out.
double=$(realpath "$2") && document=$(realpath "$3") || exit 2
. "$(dirname "$0")/../release/lib.sh"
export SOURCE_DATE_EPOCH=1796083200
recipes=$top/recipes
mkdir "$recipes" "$top/real" && mv "$top/bin/stemma" "$top/real/" || exit 2

cat >"$top/bin/stemma" <<END
#!/bin/sh
command=\$1
case \$command in
links) set -- "\$@" --offline ;;
release) case \$* in *--deposit*) set -- "\$@" --allow-address 127.0.0.2 ;; esac ;;
esac
exec "$top/real/stemma" "\$@"
END
printf '#!/bin/sh\nexec "$@"\n' >"$top/bin/sudo"
chmod +x "$top/bin/stemma" "$top/bin/sudo"

# ---- the recipes, and whether they have the shape of some ----
awk -v dir="$recipes" '
	/^```/ { file = ""; fresh = $0 == "```yaml"; next }
	fresh && /^# / { file = $2; sub(/.*\//, "", file); file = dir "/" file }
	{ fresh = 0 }
	file != "" { print >file }' "$document"

cat >"$top/github.json" <<'END'
{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
 "required": ["on", "jobs", "permissions"],
 "properties": {"on": true, "permissions": {"type": "object"}, "jobs": {"minProperties": 1, "additionalProperties": {
  "required": ["runs-on", "steps"],
  "properties": {"runs-on": true, "steps": {"items": {"oneOf": [{"required": ["run"]}, {"required": ["uses"]}],
   "properties": {"run": {"type": "string", "not": {"pattern": "\\$\\{\\{"}}}}}}}}}}
END
cat >"$top/gitlab.json" <<'END'
{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
 "properties": {"default": true, "variables": {"additionalProperties": {"type": ["string", "integer"]}}},
 "additionalProperties": {"required": ["script", "rules"], "properties": {
  "script": {"items": {"type": "string"}}, "rules": {"items": {"required": ["if"]}}}}}
END
cd "$recipes" || exit 2
stemma validate --schema ../github.json check.yml links.yml release.yml || bad=1
stemma validate --schema ../gitlab.json .gitlab-ci.yml || bad=1

# The commands of JOB in FILE: $top/steps/N, one file a step, or, of "script:", one for all.
steps() { # FILE JOB
	rm -rf "$top/steps" && mkdir "$top/steps"
	awk -v job="$2" -v dir="$top/steps/" '
		function put(line) { print line >(dir n) }
		/^ ? ?[a-z-]+:$/ { inside = $1 == job ":" || ($1 == "script:" && inside) }
		!inside { next }
		match($0, /^ *- run: /) {
			n++
			block = substr($0, RLENGTH + 1) == "|"
			if (!block) put(substr($0, RLENGTH + 1))
			next
		}
		/^      - / || /^    [a-z-]+:/ { block = 0 }
		block { put(substr($0, 11)) }
		/^  script:$/ { script = 1; n++; next }
		/^  [a-z]/ { script = 0 }
		script && /^    - / { if (line != "") put(line); line = substr($0, 7); next }
		script { line = line " " substr($0, 7) }
		END { if (line != "") put(line) }' "$recipes/$1"
	[ -s "$top/steps/1" ] || complain "$1 has no steps for $2"
}

# Run JOB of FILE in the current folder; words go to $top/told. The status is that of the first
# step that fails.
job() { # FILE JOB
	steps "$1" "$2"
	: >"$top/told"
	for step in "$top"/steps/*; do
		sh -e "$step" </dev/null >>"$top/told" 2>&1 || return
	done
}

passes() { # WHAT FILE JOB
	what=$1
	shift
	job "$@" || complain "$what: status $? of $(cat "$step"): $(cat "$top/told")"
}

told() { # WORDS [FILE]
	grep -q -- "$1" "${2:-$top/told}" || complain "$what: \"$1\" is expected: $(cat "${2:-$top/told}")"
}

clone() { # [OPTION...]
	cd "$top" && rm -rf clone && git clone -q "$@" "file://$top/origin.git" clone && cd clone || exit 2
}

# ---- a dataset that has a release, and a place for deposits ----
"$double" 127.0.0.2 "$top/port" "$top/control" "$top/log" &
trap 'kill $!; rm -rf "$top"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$top/port" ] || sleep 0.2; done
[ -s "$top/port" ] || { echo 'the double does not start' && exit 2; }

[ -x "$REPO/tools/install" ] || complain 'there is no tools/install'
mkdir -p "$top/data/tools" && cp -R "$REPO/dataset" "$REPO/schema" "$top/data" || exit 2
cd "$top/data" || exit 2
echo 'exec stemma version' >tools/install
cat >>dataset/stemma.yaml <<END
about:
  description: Methods of a test.
  creators: [{family: Doe, given: Jane}]
deposit: {url: "http://127.0.0.2:$(cat "$top/port")"}
END
{
	git init -q -b main && git add -A && git commit -q -m 'the dataset' &&
		git init -q --bare -b main "$top/origin.git" &&
		git remote add origin "$top/origin.git" && git push -q -u origin main &&
		stemma release --first --push origin
} >"$top/told" 2>&1 || complain "no first release: $(cat "$top/told")"

# An edit of an entry, approved, on a branch: the year of lora-peft.
edit_year() { # BRANCH YEAR
	git switch -q -c "$1" && sed -i "s/^year: .*/year: $2/" dataset/methods/lora-peft.yaml &&
		stemma submit lora-peft && stemma approve lora-peft --commit
}

# ---- a pull request ----
GITHUB_BASE_REF=main GITHUB_STEP_SUMMARY=$top/summary GITHUB_ACTOR=octo
GITLAB_USER_NAME=A GITLAB_USER_EMAIL=a@example.org
export GITHUB_BASE_REF GITHUB_STEP_SUMMARY GITHUB_ACTOR GITLAB_USER_NAME GITLAB_USER_EMAIL
CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main) && export CI_MERGE_REQUEST_DIFF_BASE_SHA
{ edit_year good 2021 && git push origin good; } >"$top/told" 2>&1 || complain "$(cat "$top/told")"
clone -b good
passes 'a good pull request' check.yml check
told '::notice file=dataset/methods/lora-peft.yaml'
told 'lora-peft' "$top/summary"
passes 'a good merge request' .gitlab-ci.yml check
told '<testsuite' check.xml
told '<testsuite' links.xml
sed -i 's/^family: .*/family: regresion/' dataset/methods/lasso.yaml
git commit -q -a -m 'a slip'
what='a bad pull request'
job check.yml check && complain "$what passes"
told '::error file=dataset/methods/lasso.yaml'
what='a bad merge request'
job .gitlab-ci.yml check && complain "$what passes"
told 'regresion' check.xml

# ---- every week ----
clone --depth 1
for PART in 1 2 3 4; do
	export PART
	passes 'a part of the links' links.yml ask
done
passes 'the whole' links.yml tell
told '^19 links: '
told '^205 citations: '
told '"2.1.0"' links.sarif
clone
CI_NODE_TOTAL=4
for CI_NODE_INDEX in 1 2 3 4; do
	export CI_NODE_INDEX CI_NODE_TOTAL
	passes 'a part of the links' .gitlab-ci.yml links
done
passes 'the whole' .gitlab-ci.yml links-told
told '<testsuite' links.xml

# ---- a release ----
published() { # COUNT
	[ "$(grep -c '^POST .*/publish 20' "$top/log")" = "$1" ] || complain "$what: not $1 deposits"
}
STEMMA_DEPOSIT_TOKEN=good-token PUSH_ADDRESS=$top/origin.git
export STEMMA_DEPOSIT_TOKEN PUSH_ADDRESS
cd "$top/data" && git switch -q main && git merge -q good && git push -q origin main || exit 2
clone
passes 'a release' release.yml release
told '^2026.12.1: 1 revised'
told 'deposited and published'
published 1

cd "$top/data" || exit 2
sed -i 's|^deposit: {|&record: rec-0, |' dataset/stemma.yaml
git commit -q -a -m 'where releases go' && git push -q origin main || exit 2
clone
passes 'a release that only says where releases go' release.yml release
told 'deposited and published'
published 2
clone
passes 'the same again' release.yml release
told 'nothing to release'
told 'was deposited before'
published 2

cd "$top/data" || exit 2
{
	edit_year better 2022 && git switch main && git merge better && git push origin main
} >"$top/told" 2>&1 || complain "$(cat "$top/told")"
clone
git checkout -q --detach
passes 'the next release' .gitlab-ci.yml release
told 'deposited and published'
published 3
[ "$(git -C "$top/origin.git" tag | wc -l)" = 4 ] || complain 'not four releases'
exit $bad
