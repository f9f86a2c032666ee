# Commits by people and on days: as NAME DAY MESSAGE
# shellcheck shell=sh
as() {
	git add -A &&
		GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_AUTHOR_DATE="$2T12:00:00Z" \
			GIT_COMMITTER_DATE="$2T12:00:00Z" git commit -q -m "$3"
}
