# A dataset of notes with links: . "$REPO/tests/cli/lib/links.sh"
# shellcheck shell=sh
#
# Makes ./data, which is no repository yet, and stays in it.
mkdir -p data/notes && cd data || exit
cat >stemma.yaml <<'END'
collections:
  notes:
    folder: notes
    roles:
      id: /id
      history: /history
      sources: /sources/*
      source: {key: /key, doi: /doi, url: /url, title: /title, year: /year, authors: /authors/*}
      author: {family: /family, given: /given}
END

# An entry: note ID and lines of it on stdin
note() {
	{
		echo "id: $1"
		cat
	} >"notes/$1.yaml"
}
