/* Text to HTML: everything foreign goes through here, escaped. */
#include "render/render.h"

/* What stands for a byte that cannot stand itself. Control characters are no HTML; U+FFFD stands for them. */
#define NO_HTML "\xef\xbf\xbd"
static const char *const escapes[256] = {
	[0 ... 8] = NO_HTML,
	[0x0b ... 0x0c] = NO_HTML,
	[0x0e ... 0x1f] = NO_HTML,
	[0x7f] = NO_HTML,
	['\r'] = "",
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
};

void html_text(struct buf *out, struct str text)
{
	size_t done = 0;
	for (size_t i = 0; i < text.size; i++) {
		const char *instead = escapes[(unsigned char)text.data[i]];
		if (!instead)
			continue;
		buf_add(out, str_sub(text, done, i - done));
		buf_adds(out, instead);
		done = i + 1;
	}
	buf_add(out, str_from_off(text, done));
}

void html_attr(struct buf *out, struct str value)
{
	html_text(out, value);
}

/* What a URL may hold as it is; the rest is percent-encoded. '%' stays: it begins an escape already there. */
static bool is_url_char(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-_.~!*'();:@=+$,/?#%", c));
}

/* The scheme in front of the first ':', blanks and controls left out as browsers do; size 0: none. */
static struct str url_scheme(struct str url, char room[16])
{
	size_t n = 0;
	for (size_t i = 0; i < url.size; i++) {
		unsigned char c = (unsigned char)url.data[i];
		if (c == ':')
			return (struct str){room, n};
		if (c <= 0x20)
			continue;
		if (c == '/' || c == '?' || c == '#' || n == 16)
			break;
		room[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return STR_NONE;
}

static bool scheme_is_dangerous(struct str scheme)
{
	static const char *const dangerous[] = {"javascript", "vbscript",   "data",       "file",
						"blob",       "filesystem", "view-source"};
	for (size_t i = 0; i < sizeof dangerous / sizeof *dangerous; i++)
		if (str_is(scheme, dangerous[i]))
			return true;
	return false;
}

void html_url(struct buf *out, struct str url)
{
	static const char hex[] = "0123456789ABCDEF";
	char room[16];
	url = str_trim(url);
	struct str scheme = url_scheme(url, room);
	if (scheme.size && scheme_is_dangerous(scheme)) {
		buf_addc(out, '#');
		return;
	}
	for (size_t i = 0; i < url.size; i++) {
		unsigned char c = (unsigned char)url.data[i];
		if (c == '&') {
			buf_adds(out, "&amp;");
		} else if (c == '\'') {
			buf_adds(out, "&#x27;");
		} else if (c == '%' && !(i + 2 < url.size && strchr("0123456789abcdefABCDEF", url.data[i + 1]) &&
					 strchr("0123456789abcdefABCDEF", url.data[i + 2]))) {
			buf_adds(out, "%25");
		} else if (is_url_char(c)) {
			buf_addc(out, (char)c);
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[c >> 4]);
			buf_addc(out, hex[c & 15]);
		}
	}
}

void html_raw(struct buf *out, struct str html)
{
	buf_add(out, html);
}
