#include "http/internal.h"

#include <string.h>

#include "base/macro.h"

/* Results of OpenSSL's verification, as CURLINFO_SSL_VERIFYRESULT tells them. */
static const struct {
	long code;
	enum http_tls kind;
} results[] = {
        {2, HTTP_TLS_UNKNOWN_CA}, /* X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT */
        {9, HTTP_TLS_NOT_YET}, /* X509_V_ERR_CERT_NOT_YET_VALID */
        {10, HTTP_TLS_EXPIRED}, /* X509_V_ERR_CERT_HAS_EXPIRED */
        {18, HTTP_TLS_SELF_SIGNED}, /* X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT */
        {19, HTTP_TLS_UNKNOWN_CA}, /* X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN */
        {20, HTTP_TLS_UNKNOWN_CA}, /* ..._UNABLE_TO_GET_ISSUER_CERT_LOCALLY */
        {21, HTTP_TLS_UNKNOWN_CA}, /* ..._UNABLE_TO_VERIFY_LEAF_SIGNATURE */
        {62, HTTP_TLS_WRONG_HOST}, /* X509_V_ERR_HOSTNAME_MISMATCH */
        {64, HTTP_TLS_WRONG_HOST}, /* X509_V_ERR_IP_ADDRESS_MISMATCH */
};

enum http_tls tls_kind(struct http_job *job)
{
	long code = 0;

	curl()->easy_getinfo(job->easy, CURLINFO_SSL_VERIFYRESULT, &code);
	for (size_t i = 0; i < ARRAY_LEN(results); i++)
		if (results[i].code == code)
			return results[i].kind;
	/* libcurl compares the name itself and has words for it only. */
	if (strstr(job->error, "subject name") || strstr(job->error, "match"))
		return HTTP_TLS_WRONG_HOST;
	return HTTP_TLS_OTHER;
}

const char *tls_words(enum http_tls kind)
{
	switch (kind) {
	case HTTP_TLS_EXPIRED:
		return "its certificate has expired";
	case HTTP_TLS_NOT_YET:
		return "its certificate is not valid yet";
	case HTTP_TLS_SELF_SIGNED:
		return "its certificate is signed by itself only";
	case HTTP_TLS_UNKNOWN_CA:
		return "its certificate comes from an authority that is not known here";
	case HTTP_TLS_WRONG_HOST:
		return "its certificate belongs to another host";
	default:
		return "no secure connection could be agreed on";
	}
}
