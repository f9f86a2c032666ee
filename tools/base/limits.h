/*
 * limits.h - every limit has a name, a default here and a finding or error of its own
 */
#pragma once

#define LIMIT_FILE_BYTES (16u * 1024 * 1024) /* one entry, schema or vocabulary */
#define LIMIT_DEPTH 500 /* nested lists and maps */
#define LIMIT_NODES 1000000 /* nodes of one document, aliases expanded */
#define LIMIT_ALIAS_BYTES (16u * 1024 * 1024) /* text that aliases repeat in a document */
#define LIMIT_DOCUMENTS 10000 /* YAML documents in one file */
#define LIMIT_TAG_DIRECTIVES 32 /* lines %TAG in one file */
#define LIMIT_KEY_BYTES 4096 /* one key of a map */
#define LIMIT_NUMBER_DIGITS 10000 /* digits of a number written out in full */
#define LIMIT_FINDINGS_PER_FILE 1000 /* findings told about one file */
#define LIMIT_MESSAGE_VALUE 60 /* characters of a value quoted in a message */
#define LIMIT_EXCERPT_BYTES 1000 /* bytes of a line shown in a code frame */
#define LIMIT_PATTERN_BYTES 65536 /* a regular expression after translation */
#define LIMIT_PATTERN_STEPS 1000000 /* match steps of one regular expression */
#define LIMIT_PATTERN_DEPTH 10000 /* backtracking depth of one match */
#define LIMIT_PATTERN_HEAP_KIB 16384 /* memory for the backtracking of one match */
#define LIMIT_PATTERN_STACK_BYTES (4u * 1024 * 1024) /* the same for compiled code */
#define LIMIT_DOI_BYTES 4096 /* a text that may be a DOI */
#define LIMIT_REFERENCE_BYTES (4u * 1024 * 1024) /* a kept record of a registry */
#define LIMIT_REFERENCE_COMPARED \
	(64u * 1024 * 1024) /* bytes of kept records that one entry is compared with */
#define LIMIT_REFERENCE_NAMES 10000 /* authors of a record that are looked through */
#define LIMIT_REFERENCE_NAME_BYTES 1000 /* of a part of a name that are compared */
#define LIMIT_REFERENCE_UPDATES 1000 /* retractions and corrections of one work */
#define LIMIT_REFERENCE_WORDS 400 /* words of a title that are compared */
#define LIMIT_REFERENCE_SUGGEST 400 /* bytes of a title that is suggested */
#define LIMIT_RETRACTIONS_BYTES \
	(512u * 1024 * 1024) /* a list of retractions, as a file */
#define LIMIT_RETRACTIONS_COLUMNS 200 /* columns of that list */
#define LIMIT_SCHEMA_DEPTH 4000 /* nested applications of subschemas */
#define LIMIT_SCHEMA_STEPS 100000000 /* keywords evaluated for one document */
#define LIMIT_SCHEMA_FILES 1000 /* schema files one schema refers to */
#define LIMIT_SCHEMA_TOLD \
	(64u * 1024 * 1024) /* bytes of findings formed for one document */
#define LIMIT_OUTPUT_BYTES (1024u * 1024 * 1024) /* one rendered result */
#define LIMIT_WORK_BYTES (1024u * 1024 * 1024) /* files of a preview not committed yet */
#define LIMIT_SUGGEST_CHARS 64 /* names longer get no "did you mean" */
#define LIMIT_SUGGEST_NAMES 1000000 /* names compared for it, about one file */
#define LIMIT_FILES 20000000 /* files of one run */
#define LIMIT_WALK_DEPTH 64 /* folders within folders */
#define LIMIT_JOBS 256 /* threads */
#define LIMIT_POINTER_BYTES 16384 /* one JSON pointer */
#define LIMIT_COMPARE_ENTRIES 100 /* entries side by side */
#define LIMIT_COMPARE_ROWS 1000 /* rows of a comparison */
#define LIMIT_HISTORY_LINES 10000 /* history lines of one entry */
#define LIMIT_RELEASES 100000 /* releases on the branch of releases */
#define LIMIT_CHANGES 10000 /* differences told about one entry */
#define LIMIT_CHANGE_BYTES \
	(16u * 1024 * 1024) /* places of the differences of one entry */
#define LIMIT_CHANGE_DEPTH 32 /* levels compared part by part; below them as a whole */
#define LIMIT_CHANGE_SHOWN 2000 /* characters of a differing value shown to people */
#define LIMIT_WORDS 100000 /* words and signs of a text compared word by word */
#define LIMIT_WORD_EDITS 2000 /* words of it that differ */
#define LIMIT_BLAME_COMMITS \
	1000000 /* commits looked through for where values come from */
#define LIMIT_MERGE_CONFLICTS 1000 /* conflicts shown one by one in a merged file */
#define LIMIT_MERGE_BYTES \
	(512u * 1024 * 1024) /* text of nested lists and maps looked through by a merge */
#define LIMIT_VOCABULARY_TOLD 4096 /* bytes of ids told that a vocabulary lost */
#define LIMIT_PUSH_TOLD 200 /* bytes told about what a remote refused */
#define LIMIT_LABEL_NAME 24 /* letters of a name in the label of a cited work */
#define LIMIT_LABEL_BYTES 40 /* bytes of such a label */
#define LIMIT_ARCHIVE_NAME 60 /* bytes of a title in the name of an archive */
#define LIMIT_FEED_RELEASES 100 /* releases in the feed of changes */
#define LIMIT_FEED_ENTRIES 100 /* entries told there of each kind of change */
#define LIMIT_SNAPSHOT_NODES \
	50000000 /* nodes of one JSON file of a snapshot: its index, its manifest */
#define LIMIT_NOTES_ENTRIES \
	1000 /* entries told in one section of the notes of a release */
#define LIMIT_STORE_WAIT_MS 10000 /* for another process that writes the same tables */
#define LIMIT_LINK_AUTHORS 16 /* authors of a source compared with a registry's */
#define LIMIT_LINK_LIST_BYTES (256u * 1024 * 1024) /* a plain list of links */
#define LIMIT_LINK_REPORT_BYTES (1024u * 1024 * 1024) /* a report to be merged */
#define LIMIT_LINK_RESUME_S \
	3600 /* after which a run that was stopped is not gone on with */
#define LIMIT_LINK_MEMORY_DAYS 400 /* that a link nobody asks about is remembered */
#define LIMIT_SHARDS 1000 /* parts that links are divided into */
#define LIMIT_LINK_PER_HOST 16 /* the same of one host */
#define LIMIT_LINK_REPORT_NODES 100000000 /* values in it */
#define LIMIT_REGISTRY_REPLY_BYTES (32u * 1024 * 1024) /* one answer of a registry */
#define LIMIT_REGISTRY_TEXT_BYTES 65536 /* a title or name in it */
#define LIMIT_REGISTRY_AGENCY_BYTES 100 /* the name of an agency */
#define LIMIT_REGISTRY_NAMES 10000 /* authors of one work */
#define LIMIT_REGISTRY_UPDATES 1000 /* retractions, corrections, relations of one work */
#define LIMIT_REGISTRY_XML_DEPTH 32 /* elements within elements of arXiv's answers */
#define LIMIT_URL_BYTES 8192 /* one URL */
#define LIMIT_HTTP_JOBS 256 /* requests in flight */
#define LIMIT_HTTP_HEADER_BYTES (64u * 1024) /* the header of one reply */
#define LIMIT_HTTP_SLOW_BYTES 100 /* a second, at least, from a server ... */
#define LIMIT_HTTP_SLOW_SECONDS 10 /* ... or so long nothing like it */
#define LIMIT_HTTP_PAUSE_SECONDS (366 * 86400) /* a pause that a service asks for */
#define LIMIT_REGISTRY_URL_BYTES \
	3000 /* a request about many DOIs; doi.org answered 414 to 11,500 */
#define LIMIT_REGISTRY_CALL_MS 60000 /* a request about many DOIs */
#define LIMIT_REGISTRY_TRIES 2 /* of a request that fails */
#define LIMIT_REGISTRY_THROTTLED 4 /* of one that is told to wait */
#define LIMIT_REGISTRY_FAILURES 6 /* in a row: then a service is left alone */
#define LIMIT_REGISTRY_FAILED_PERCENT 10 /* of the requests: the same */
#define LIMIT_REGISTRY_SAMPLE 20 /* requests before that is asked */
#define LIMIT_REGISTRY_ALIASES 3 /* aliases of aliases that are followed */
#define LIMIT_PAGE_START_BYTES (64u * 1024) /* looked at of a page for what it is */
#define LIMIT_PAGE_BYTES (2u * 1024 * 1024) /* looked at of a page for its places */
#define LIMIT_ARCHIVE_QUESTIONS 20 /* dead links that copies are looked for */
#define LIMIT_LINK_FRAGMENTS 100 /* looked for in one page */
#define LIMIT_LINK_TALLY 20 /* links asked before it counts how many failed */
#define LIMIT_GIT_CACHE_BYTES (32 * 1024 * 1024) /* git objects kept for another look */
#define LIMIT_GIT_WINDOW_BYTES (256 * 1024) /* one piece of a pack that is mapped */
#define LIMIT_GIT_MAPPED_BYTES (32 * 1024 * 1024) /* all of them together */
#define LIMIT_KEPT_BYTES \
	(1024 * 1024 * 1024) /* what `status` keeps for the next run; 400 an entry */
#define LIMIT_DEPOSIT_REPLY_BYTES (4u * 1024 * 1024) /* one answer of a repository */
#define LIMIT_DEPOSIT_UPLOAD_MS (6L * 3600 * 1000) /* for one file */
#define LIMIT_DEPOSIT_WAIT_MS 500 /* before a second try; doubled with each */
#define LIMIT_DEPOSIT_TRIES 5
#define LIMIT_DEPOSIT_PAUSE_S 900 /* the longest pause a service may ask for */
#define LIMIT_DEPOSIT_DRAFTS 100 /* looked through for one left over */
#define LIMIT_DEPOSIT_VERSIONS 25 /* the newest of a record, looked through */
#define LIMIT_DEPOSIT_FILES 100 /* in one record */
#define LIMIT_TOKEN_BYTES 4096 /* a file with a token */
