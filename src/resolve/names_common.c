/* Ordinary words, which name a thing of the topology only with evidence, and the words that say a kind. */
#include "resolve/names.h"

#include <stdlib.h>

/* Sorted. Words of one letter or two, and numbers, count as ordinary without standing here. */
static const char *const common[] = {
	"access",     "account",     "action",      "actions",       "active",        "admin",
	"agent",      "agents",      "air",         "alert",         "alerts",        "alpha",
	"analytics",  "api",         "apis",        "app",           "application",   "applications",
	"apps",       "archive",     "array",       "auth",          "automation",    "backbone",
	"backend",    "backup",      "backups",     "base",          "beta",          "block",
	"blue",       "board",       "books",       "bot",           "box",           "bridge",
	"broker",     "build",       "builder",     "bus",           "cache",         "caching",
	"calendar",   "camera",      "cameras",     "cell",          "central",       "chat",
	"chef",       "client",      "clients",     "cloud",         "cluster",       "clusters",
	"code",       "common",      "compute",     "config",        "console",       "container",
	"containers", "control",     "controller",  "core",          "cores",         "dashboard",
	"dashboards", "data",        "database",    "databases",     "default",       "demo",
	"desktop",    "dev",         "development", "device",        "devices",       "dhcp",
	"discovery",  "disk",        "dmz",         "dns",           "docker",        "docs",
	"documents",  "domain",      "down",        "downloads",     "drive",         "east",
	"edge",       "email",       "engine",      "enterprise",    "environment",   "events",
	"example",    "exit",        "experiment",  "experiments",   "express",       "external",
	"fabric",     "fast",        "feed",        "file",          "files",         "firewall",
	"flash",      "flow",        "focus",       "forge",         "front",         "frontend",
	"functions",  "gamma",       "gate",        "gateway",       "general",       "git",
	"global",     "gold",        "gpu",         "graph",         "green",         "group",
	"groups",     "guest",       "guests",      "hardware",      "health",        "hello",
	"home",       "homelab",     "host",        "hosts",         "house",         "hub",
	"hypervisor", "idea",        "image",       "images",        "infra",         "infrastructure",
	"ingress",    "init",        "insights",    "integration",   "internal",      "internet",
	"iot",        "jobs",        "journal",     "kitchen",       "lab",           "lan",
	"lead",       "legacy",      "library",     "light",         "link",          "links",
	"load",       "local",       "log",         "logging",       "login",         "logs",
	"lower",      "mail",        "main",        "management",    "manager",       "map",
	"maps",       "market",      "master",      "media",         "memory",        "mesh",
	"message",    "messages",    "messaging",   "metrics",       "mini",          "mirror",
	"mobile",     "model",       "models",      "modem",         "monitor",       "monitoring",
	"music",      "names",       "network",     "networking",    "networks",      "node",
	"nodes",      "north",       "notes",       "notifications", "observability", "office",
	"one",        "online",      "open",        "ops",           "orange",        "other",
	"outside",    "pages",       "panel",       "phone",         "phones",        "photo",
	"photos",     "pi",          "pilot",       "pipeline",      "pipelines",     "plan",
	"platform",   "play",        "pod",         "pods",          "policy",        "pool",
	"port",       "portal",      "ports",       "power",         "primary",       "print",
	"printer",    "private",     "pro",         "prod",          "production",    "project",
	"projects",   "proxy",       "public",      "queue",         "rack",          "raspberry",
	"reader",     "recipes",     "recovery",    "red",           "redirect",      "region",
	"registry",   "relay",       "release",     "remote",        "replica",       "replication",
	"reports",    "research",    "root",        "router",        "routers",       "routing",
	"run",        "runner",      "runners",     "sandbox",       "scheduler",     "screen",
	"search",     "secondary",   "secret",      "secrets",       "secure",        "security",
	"serial",     "server",      "servers",     "service",       "services",      "setup",
	"shared",     "shell",       "silver",      "site",          "small",         "smart",
	"solar",      "source",      "south",       "spare",         "speed",         "spine",
	"stack",      "staff",       "stage",       "staging",       "standby",       "star",
	"state",      "status",      "storage",     "store",         "stream",        "streaming",
	"studio",     "subnet",      "support",     "switch",        "switches",      "sync",
	"system",     "systems",     "tank",        "target",        "tasks",         "team",
	"teams",      "telemetry",   "temp",        "terminal",      "test",          "testing",
	"tests",      "time",        "tool",        "tools",         "tower",         "trace",
	"traces",     "tracing",     "traffic",     "training",      "transit",       "trust",
	"trusted",    "tunnel",      "two",         "untrusted",     "uplink",        "upper",
	"users",      "utility",     "vault",       "video",         "view",          "virtual",
	"voice",      "volumes",     "vpn",         "wan",           "warehouse",     "watch",
	"web",        "webhook",     "website",     "west",          "white",         "wifi",
	"wiki",       "wireless",    "work",        "worker",        "workers",       "workflow",
	"workflows",  "workstation", "world",       "zone",          "zones",
};

static int cmp_word(const void *key, const void *item)
{
	return str_cmp(*(const struct str *)key, str_from(*(const char *const *)item));
}

static bool is_number_like(struct str word)
{
	for (size_t i = 0; i < word.size; i++)
		if (!strchr("0123456789.-/:", word.data[i]))
			return false;
	return true;
}

bool name_is_common(struct str word)
{
	if (word.size <= 2 || is_number_like(word))
		return true;
	return bsearch(&word, common, sizeof common / sizeof *common, sizeof *common, cmp_word) != NULL;
}

static const char *const kind_words[ENTITY_KINDS] = {
	[ENTITY_ESTATE] = "estate|homelab|lab|platform",
	[ENTITY_NETWORK] = "network|networks|subnet|subnets|net|vlan|vlans|prefix|bridge",
	[ENTITY_CLUSTER] = "cluster|clusters",
	[ENTITY_NODE] = "node|nodes|host|hosts|machine|machines|worker|workers|server|servers",
	[ENTITY_DEVICE] =
		"device|devices|host|hosts|machine|machines|server|servers|switch|router|firewall|hypervisor|nas",
	[ENTITY_SERVICE] = "service|services|app|application",
	[ENTITY_ZONE] = "zone|zones|domain",
	[ENTITY_GROUP] = "group|groups",
	[ENTITY_RETIRED] = "",
};

bool word_says_kind(struct str word, enum entity_kind kind)
{
	return str_is_listed(word, kind_words[kind]);
}
