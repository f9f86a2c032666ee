# A dataset with rows and three releases of story: . "$REPO/tests/cli/lib/story.sh"
# shellcheck shell=sh
. "$REPO/tests/cli/lib/versioned.sh"
. "$REPO/tests/cli/lib/published.sh"
cat >>stemma.yaml <<'END'
compare:
  url: https://example.org/compare
  permalink: https://example.org/compare?ids={ids}
  rows:
    - {key: year, value: /year, as: integer}
    - {key: sources, value: /sources/*, as: work}
    - {key: dataset, as: status}
END
story
