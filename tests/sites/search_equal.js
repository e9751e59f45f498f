// Usage: search_equal.js SITE [QUERY...]. Ends with 1 unless the index of the site is what MiniSearch builds of the same
// documents; prints the URLs of the documents, then for each query the kinds, titles and URLs of what it finds.
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm"), util = require("util");
const [site, ...queries] = process.argv.slice(2);
const window = {}, read = (name) => fs.readFileSync(path.join(site, "assets", name), "utf8");
const loaded = { texts: [] };
const context = vm.createContext({ window, console });
const run = (name) => vm.runInContext(read(name), context, { filename: name });

run("minisearch.js");
run("search.js");
const { options, find } = window.lintelSearch;
const MiniSearch = vm.runInContext("MiniSearch", context);
context.lintelSearch = {
	index: (starts, json) => Object.assign(loaded, { starts, json: JSON.parse(json) }),
	texts: (part, json) => { loaded.texts[part] = JSON.parse(json); },
};
run("search-index.js");
for (let part = 0; part + 1 < loaded.starts.length; part++)
	run("search/" + part + ".js");

const documents = [];
for (let id = 0; id < loaded.json.documentCount; id++) {
	const part = loaded.starts.findLastIndex ? loaded.starts.findLastIndex((s) => s <= id) : loaded.starts.filter((s) => s <= id).length - 1;
	const texts = loaded.texts[part] || [];
	documents.push({ id, ...loaded.json.storedFields[id], text: texts[id - loaded.starts[part]] || "" });
}
const built = new MiniSearch(options);
built.addAll(documents);
const sorted = (json) => ({ ...json, index: json.index.slice().sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)) });
const plain = (value) => JSON.parse(JSON.stringify(value));
const ours = sorted(plain(loaded.json)), theirs = sorted(plain(built));
if (!util.isDeepStrictEqual(ours, theirs)) {
	for (const key of Object.keys(theirs))
		if (!util.isDeepStrictEqual(ours[key], theirs[key]))
			console.error("differs in " + key);
	const known = new Map(ours.index), wanted = new Map(theirs.index);
	for (const [term, postings] of wanted)
		if (!util.isDeepStrictEqual(known.get(term), postings))
			console.error("MiniSearch has", JSON.stringify(term), JSON.stringify(postings), "we have", JSON.stringify(known.get(term)));
	for (const term of known.keys())
		if (!wanted.has(term))
			console.error("only we have", JSON.stringify(term));
	process.exit(1);
}
const index = MiniSearch.loadJS(loaded.json, options);
console.log(JSON.stringify({
	documents: documents.map((d) => d.url),
	found: queries.map((query) => find(index, query).map((r) => [r.kind, r.title, r.url])),
}));
