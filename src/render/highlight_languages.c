/* The languages whose code has colours: what the one reader needs to know of each. */
#include "render/highlight.h"

#define C_LIKE .comments = "//", .block_open = "/*", .block_close = "*/"
#define HASH .comments = "#"

#define SHELL_WORDS                                                                                                \
	"if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|return|local|export|source|set|unset|" \
	"exit|trap|readonly|declare|shift|eval|exec|sudo|cd|echo"
#define JS_WORDS                                                                                                     \
	"as|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|"  \
	"finally|for|from|function|if|implements|import|in|instanceof|interface|keyof|let|namespace|new|of|private|" \
	"protected|public|readonly|return|static|super|switch|this|throw|try|type|typeof|var|void|while|yield"

static const struct language languages[] = {
	{.names = "yaml|yml",
	 HASH,
	 .quotes = "\"'",
	 .constants = "true|false|null|yes|no|on|off|~",
	 .flags = LANGUAGE_KEYS_COLON | LANGUAGE_PLAIN | LANGUAGE_BLOCKS | LANGUAGE_DASHES | LANGUAGE_BRACES},
	{.names = "json|jsonc|json5|jsonl|ndjson",
	 C_LIKE,
	 .quotes = "\"",
	 .constants = "true|false|null",
	 .flags = LANGUAGE_KEYS_QUOTED},
	{.names = "toml",
	 HASH,
	 .quotes = "\"'",
	 .constants = "true|false|inf|nan",
	 .flags = LANGUAGE_KEYS_EQUALS | LANGUAGE_SECTIONS | LANGUAGE_TRIPLE | LANGUAGE_DASHES},
	{.names = "ini|cfg|conf|properties|systemd|service|env|dotenv|editorconfig|gitconfig|netdev|desktop|wireguard",
	 .comments = "# ;",
	 .quotes = "\"'",
	 .constants = "true|false|yes|no|on|off",
	 .flags = LANGUAGE_KEYS_EQUALS | LANGUAGE_SECTIONS | LANGUAGE_PLAIN | LANGUAGE_DASHES | LANGUAGE_DOLLARS},
	{.names = "bash|sh|shell|zsh|ksh|fish|shell-script",
	 HASH,
	 .quotes = "\"'`",
	 .spanning = "\"'",
	 .keywords = SHELL_WORDS,
	 .flags = LANGUAGE_SHELL | LANGUAGE_PLAIN | LANGUAGE_DASHES | LANGUAGE_DOLLARS | LANGUAGE_HEREDOCS},
	{.names = "console|terminal|shell-session|shellsession|sh-session|bash-session",
	 HASH,
	 .quotes = "\"'`",
	 .keywords = SHELL_WORDS,
	 .flags = LANGUAGE_SHELL | LANGUAGE_CONSOLE | LANGUAGE_PLAIN | LANGUAGE_DASHES | LANGUAGE_DOLLARS},
	{.names = "powershell|ps1|pwsh",
	 HASH,
	 .block_open = "<#",
	 .block_close = "#>",
	 .quotes = "\"'",
	 .keywords = "begin|break|catch|continue|do|else|elseif|end|exit|filter|finally|for|foreach|function|if|in|"
		     "param|process|return|switch|throw|trap|try|until|while",
	 .flags = LANGUAGE_SHELL | LANGUAGE_DASHES | LANGUAGE_DOLLARS},
	{.names = "hcl|terraform|tf|tfvars|opentofu|river|alloy|packer|nomad",
	 .comments = "# //",
	 .block_open = "/*",
	 .block_close = "*/",
	 .quotes = "\"",
	 .keywords = "resource|data|variable|output|module|provider|terraform|locals|for|in|if|dynamic|moved|import|"
		     "backend|required_providers|lifecycle|each|var|local|count",
	 .constants = "true|false|null|string|number|bool|list|map|set|object|any",
	 .flags = LANGUAGE_KEYS_EQUALS | LANGUAGE_CALLS | LANGUAGE_HEREDOCS | LANGUAGE_DASHES},
	{.names = "dockerfile|docker|containerfile",
	 HASH,
	 .quotes = "\"'",
	 .keywords = "from|run|cmd|label|maintainer|expose|env|add|copy|entrypoint|volume|user|workdir|arg|onbuild|"
		     "stopsignal|healthcheck|shell",
	 .flags = LANGUAGE_FIRST | LANGUAGE_PLAIN | LANGUAGE_SHELL | LANGUAGE_DASHES | LANGUAGE_DOLLARS |
		  LANGUAGE_HEREDOCS},
	{.names = "make|makefile|mk|just|justfile",
	 HASH,
	 .quotes = "\"'",
	 .keywords = "include|define|endef|ifeq|ifneq|ifdef|ifndef|else|endif|override|export|unexport|vpath|set",
	 .flags = LANGUAGE_KEYS_EQUALS | LANGUAGE_KEYS_COLON | LANGUAGE_FIRST | LANGUAGE_PLAIN | LANGUAGE_DASHES |
		  LANGUAGE_DOLLARS},
	{.names = "nginx|caddy|caddyfile|haproxy|apache|unbound|bind|named",
	 HASH,
	 .quotes = "\"'",
	 .keywords = "server|location|upstream|http|events|stream|listen|server_name|proxy_pass|root|include|return|"
		     "rewrite|if|frontend|backend|defaults|global|bind|zone|options|reverse_proxy|handle|tls",
	 .flags = LANGUAGE_FIRST | LANGUAGE_PLAIN | LANGUAGE_DASHES | LANGUAGE_DOLLARS},
	{.names = "nix",
	 HASH,
	 .block_open = "/*",
	 .block_close = "*/",
	 .quotes = "\"",
	 .spanning = "\"",
	 .keywords = "let|in|with|rec|inherit|if|then|else|assert|import|or",
	 .constants = "true|false|null",
	 .flags = LANGUAGE_KEYS_EQUALS | LANGUAGE_DASHES},
	{.names = "go|golang",
	 C_LIKE,
	 .quotes = "\"'`",
	 .spanning = "`",
	 .keywords = "break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|"
		     "interface|map|package|range|return|select|struct|switch|type|var",
	 .constants = "true|false|nil|iota|string|int|int32|int64|uint|uint32|uint64|byte|rune|bool|error|float64|any",
	 .flags = LANGUAGE_CALLS},
	{.names = "python|py|python3|starlark|bzl|pycon",
	 HASH,
	 .quotes = "\"'",
	 .keywords = "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|"
		     "if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|match|case",
	 .constants = "True|False|None|self|cls",
	 .flags = LANGUAGE_CALLS | LANGUAGE_AT | LANGUAGE_TRIPLE},
	{.names = "javascript|js|jsx|mjs|cjs|node|typescript|ts|tsx",
	 C_LIKE,
	 .quotes = "\"'`",
	 .spanning = "`",
	 .keywords = JS_WORDS,
	 .constants = "true|false|null|undefined|string|number|boolean|any|unknown|never|object",
	 .flags = LANGUAGE_CALLS | LANGUAGE_AT},
	{.names = "c|h|cpp|c++|cc|hpp|cxx|arduino",
	 C_LIKE,
	 .quotes = "\"'",
	 .keywords = "auto|break|case|catch|class|const|constexpr|continue|default|delete|do|else|enum|extern|for|goto|"
		     "if|inline|namespace|new|operator|private|protected|public|return|sizeof|static|struct|switch|"
		     "template|this|throw|try|typedef|typename|union|using|virtual|volatile|while",
	 .constants = "true|false|NULL|nullptr|void|int|char|short|long|float|double|bool|unsigned|signed|size_t|"
		      "uint8_t|uint16_t|uint32_t|uint64_t",
	 .flags = LANGUAGE_CALLS | LANGUAGE_DIRECTIVES},
	{.names = "csharp|cs|c#|java|kotlin|kt|groovy|gradle|jenkinsfile|scala|swift|dart",
	 C_LIKE,
	 .quotes = "\"'",
	 .keywords =
		 "abstract|as|async|await|base|break|case|catch|class|const|continue|def|default|do|else|enum|event|"
		 "extends|final|finally|for|foreach|fun|get|guard|if|implements|import|in|interface|internal|is|"
		 "let|namespace|new|object|operator|out|override|package|private|protected|public|readonly|record|"
		 "ref|return|sealed|set|static|struct|super|switch|this|throw|throws|trait|try|typeof|using|val|"
		 "var|virtual|when|where|while|with|yield",
	 .constants = "true|false|null|nil|void|int|long|short|byte|char|float|double|bool|boolean|string|decimal",
	 .flags = LANGUAGE_CALLS | LANGUAGE_AT | LANGUAGE_TRIPLE},
	{.names = "rust|rs",
	 C_LIKE,
	 .quotes = "\"",
	 .spanning = "\"",
	 .keywords = "as|async|await|break|const|continue|crate|dyn|else|enum|extern|fn|for|if|impl|in|let|loop|match|"
		     "mod|move|mut|pub|ref|return|self|static|struct|super|trait|type|unsafe|use|where|while",
	 .constants = "true|false|None|Some|Ok|Err|str|String|bool|u8|u16|u32|u64|usize|i8|i16|i32|i64|isize|f32|f64",
	 .flags = LANGUAGE_CALLS},
	{.names = "ruby|rb|puppet|vagrantfile",
	 HASH,
	 .quotes = "\"'",
	 .keywords = "alias|and|begin|break|case|class|def|do|else|elsif|end|ensure|for|if|in|include|module|next|not|"
		     "or|raise|redo|rescue|require|retry|return|self|super|then|unless|until|when|while|yield|node",
	 .constants = "true|false|nil|undef",
	 .flags = LANGUAGE_AT | LANGUAGE_DOLLARS},
	{.names = "lua",
	 .comments = "--",
	 .quotes = "\"'",
	 .keywords = "and|break|do|else|elseif|end|for|function|goto|if|in|local|not|or|repeat|return|then|until|while",
	 .constants = "true|false|nil",
	 .flags = LANGUAGE_CALLS},
	{.names = "sql|psql|postgresql|postgres|mysql|sqlite|plsql",
	 .comments = "--",
	 .block_open = "/*",
	 .block_close = "*/",
	 .quotes = "'\"`",
	 .keywords = "add|all|alter|and|as|asc|begin|between|by|cascade|case|check|column|commit|constraint|create|"
		     "cross|database|default|delete|desc|distinct|drop|else|end|exists|explain|extension|foreign|from|"
		     "full|function|grant|group|having|if|in|index|inner|insert|into|is|join|key|left|like|limit|not|"
		     "offset|on|or|order|outer|primary|references|replace|returning|revoke|right|role|rollback|schema|"
		     "select|set|table|then|to|trigger|union|unique|update|user|using|values|view|when|where|with",
	 .constants = "true|false|null|int|integer|bigint|text|varchar|boolean|timestamp|timestamptz|date|serial|uuid|"
		      "json|jsonb|numeric",
	 .flags = LANGUAGE_CALLS},
	{.names = "promql|logql|prometheus|traceql",
	 HASH,
	 .quotes = "\"'`",
	 .keywords = "by|without|on|ignoring|group_left|group_right|offset|bool|and|or|unless|sum|avg|min|max|count|"
		     "rate|increase|irate|topk|bottomk|quantile|histogram_quantile|json|logfmt|line_format|unwrap",
	 .flags = LANGUAGE_CALLS},
	{.names = "proto|protobuf|graphql|gql|thrift",
	 C_LIKE,
	 .quotes = "\"'",
	 .keywords = "syntax|package|import|option|message|service|rpc|returns|enum|oneof|repeated|optional|required|"
		     "reserved|stream|map|type|query|mutation|input|interface|union|schema|extend|implements",
	 .constants = "true|false|string|bytes|bool|int32|int64|uint32|uint64|double|float|fixed64|Int|String|ID"},
	{.names = "cel|rego|opa|jsonnet|libsonnet|cue|kcl",
	 .comments = "# //",
	 .block_open = "/*",
	 .block_close = "*/",
	 .quotes = "\"'`",
	 .keywords = "package|import|default|not|some|every|in|if|else|with|as|local|function|for|then|assert|error|"
		     "self|super|contains|let",
	 .constants = "true|false|null|input|data",
	 .flags = LANGUAGE_CALLS},
	{.names = "xml|html|svg|xhtml|xsd|xsl|plist|vue|svelte|astro|jinja|pom",
	 .comments = "",
	 .block_open = "<!--",
	 .block_close = "-->",
	 .quotes = "\"'",
	 .spanning = "\"'",
	 .flags = LANGUAGE_TAGS},
	{.names = "css|scss|sass|less",
	 C_LIKE,
	 .quotes = "\"'",
	 .keywords = "important|inherit|initial|none|auto|unset",
	 .flags = LANGUAGE_KEYS_COLON | LANGUAGE_AT | LANGUAGE_DASHES | LANGUAGE_CALLS},
	{.names = "diff|patch", .comments = "", .quotes = "", .flags = LANGUAGE_DIFF},
};

const struct language *language_find(struct str name)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages && name.size; i++)
		if (str_is_listed(name, languages[i].names))
			return &languages[i];
	return NULL;
}
