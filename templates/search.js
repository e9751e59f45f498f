/* The search dialog: loaded when it is first asked for, with the index that the compiler wrote. */
(function () {
	"use strict";
	var MOST = 30, LONGEST = 100;
	/* The rules of src/emit/search_terms.c. */
	var SINGLE = "\\u3040-\\u30FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}";
	var GAP = "\\x80-\\xA9\\xAB-\\xB4\\xB6-\\xB9\\xBB-\\xBF\\xD7\\xF7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F" +
		"\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uE000-\\uF8FF\\uFE00-\\uFE0F\\uFE30-\\uFE6F\\uFF00-\\uFF0F\\uFF1A-\\uFF20" +
		"\\uFF3B-\\uFF40\\uFF5B-\\uFF65\\uFFF0-\\uFFFF\\u{1F000}-\\u{1FAFF}";
	var WORD = "(?:[0-9A-Za-z]|[^\\x00-\\x7F" + GAP + SINGLE + "])";
	var RUN = new RegExp("[" + SINGLE + "]|" + WORD + "+(?:[._-]" + WORD + "+)*", "gu");

	/* Character by character, so that none changes by what stands around it. */
	function lower(text) {
		if (/^[\x00-\x7F]*$/.test(text))
			return text.toLowerCase();
		return Array.from(text, function (c) { return c.toLowerCase(); }).join("");
	}

	function isTerm(text) {
		return text.length <= LONGEST || Array.from(text).length <= LONGEST;
	}

	function runs(text) {
		return (text.match(RUN) || []).map(lower);
	}

	function partsOf(run) {
		if (/^[0-9.]*$/.test(run))
			return [];
		return run.split(/[._-]/).filter(function (part, i, parts) { return parts.length > 1 && !/^[0-9]{1,2}$/.test(part); });
	}

	function terms(text) {
		var all = [];
		runs(text).forEach(function (run) {
			all.push(run);
			partsOf(run).forEach(function (part) { all.push(part); });
		});
		return all.filter(isTerm);
	}

	/* A number or a name with a number means itself: only words may be misspelt. */
	function slips(term) {
		if (term.length < 4 || /[0-9]/.test(term))
			return false;
		return term.length < 10 ? 1 : 2;
	}

	var options = {
		idField: "id",
		fields: ["names", "title", "page", "text"],
		storeFields: ["kind", "title", "page", "url", "names", "hint"],
		tokenize: terms,
		processTerm: function (term) { return term; },
		searchOptions: {
			tokenize: runs,
			processTerm: function (term) { return term; },
			combineWith: "AND",
			prefix: function (term) { return term.length > 1; },
			fuzzy: slips,
			boost: { names: 8, title: 4, page: 1.5 },
			boostDocument: function (id, term, stored) { return weights[stored.kind] || 1; }
		}
	};
	/* What a thing is comes before what is said of it. */
	var weights = { estate: 1.5, cluster: 1.5, node: 1.5, network: 1.5, service: 1.5, device: 1.5, address: 1.2, findings: 0.3 };

	/* Whole words first; where they find nothing, the parts of joined ones. */
	function find(index, query) {
		var found = index.search(query);
		if (!found.length && runs(query).some(function (run) { return partsOf(run).length; }))
			found = index.search(query, { tokenize: function (text) {
				return Array.prototype.concat.apply([], runs(text).map(function (run) { return partsOf(run).length ? partsOf(run) : [run]; }));
			} });
		return found;
	}

	/* ---- loading ---- */

	var root = "", state = {}, dialog = null;

	function load(url) {
		return new Promise(function (done, failed) {
			var script = document.createElement("script");
			script.src = root + url;
			script.onload = done;
			script.onerror = function () { failed(new Error(url)); };
			document.head.appendChild(script);
		});
	}

	function loadIndex() {
		if (!state.loading)
			state.loading = Promise.all([load("assets/minisearch.js"), load("assets/search-index.js")]).then(function () {
				state.index = window.MiniSearch.loadJSON(state.json, options);
				state.json = null;
			});
		return state.loading;
	}

	/* Texts come in parts; the last part of the documents has none. */
	function textOf(id) {
		var part = 0, high = state.starts.length - 1;
		while (part < high) {
			var middle = (part + high + 1) >> 1;
			if (state.starts[middle] <= id)
				part = middle;
			else
				high = middle - 1;
		}
		if (part === state.starts.length - 1)
			return Promise.resolve("");
		if (!state.texts[part])
			state.texts[part] = load("assets/search/" + part + ".js");
		return state.texts[part].then(function () { return state.texts["of" + part][id - state.starts[part]]; });
	}

	/* ---- results ---- */

	var labels = { document: "page", home: "page", section: "folder", log: "decisions", findings: "findings" };

	function element(name, className, text) {
		var e = document.createElement(name);
		if (className)
			e.className = className;
		if (text)
			e.textContent = text;
		return e;
	}

	/* Appends the text with what was found in it marked. */
	function addMarked(to, text, words) {
		var low = lower(text), at = 0;
		while (low.length === text.length && at < text.length) {
			var first = -1, size = 0;
			words.forEach(function (word) {
				var i = low.indexOf(word, at);
				if (i >= 0 && (first < 0 || i < first || (i === first && word.length > size))) {
					first = i;
					size = word.length;
				}
			});
			if (first < 0)
				break;
			to.appendChild(document.createTextNode(text.slice(at, first)));
			to.appendChild(element("mark", "", text.slice(first, first + size)));
			at = first + size;
		}
		to.appendChild(document.createTextNode(text.slice(at)));
	}

	/* The stretch of the text around the first place that was found. */
	function addExcerpt(to, text, words) {
		var low = lower(text), first = -1, from = 0;
		words.forEach(function (word) {
			var i = low.indexOf(word);
			if (i >= 0 && (first < 0 || i < first))
				first = i;
		});
		if (first > 70) {
			from = text.indexOf(" ", first - 60) + 1;
			if (from === 0 || from > first)
				from = first;
		}
		var end = text.length - from > 190 ? text.lastIndexOf(" ", from + 180) : text.length;
		if (end <= from)
			end = from + 180;
		addMarked(to, (from ? "\u2026 " : "") + text.slice(from, end) + (end < text.length ? " \u2026" : ""), words);
	}

	function item(result) {
		var li = element("li"), a = element("a"), head = element("span", "search-title"), line = element("span", "search-line");
		a.href = root + result.url;
		addMarked(head, result.title, result.terms);
		if (result.kind === "decision" && result.names && result.title.indexOf(result.names.split(" ")[0]) < 0 && !result.page)
			head.insertBefore(document.createTextNode(result.names.split(" ")[0] + " "), head.firstChild);
		line.appendChild(element("span", "search-kind search-kind-" + result.kind, labels[result.kind] || result.kind));
		[result.page, result.hint].forEach(function (text) {
			if (text)
				line.appendChild(element("span", "search-hint", text));
		});
		a.appendChild(head);
		a.appendChild(line);
		textOf(result.id).then(function (text) {
			if (text) {
				var excerpt = element("span", "search-excerpt");
				addExcerpt(excerpt, text, result.terms);
				a.appendChild(excerpt);
			}
		}, function () {});
		li.appendChild(a);
		return li;
	}

	function show(query) {
		var list = dialog.list, found = find(state.index, query);
		list.textContent = "";
		list.scrollTop = 0;
		found.slice(0, MOST).forEach(function (result) { list.appendChild(item(result)); });
		dialog.empty.hidden = !!query.trim();
		dialog.status.textContent = !query.trim() ? "" : !found.length ? "Nothing found" :
			found.length > MOST ? "The first " + MOST + " of " + found.length + " results" :
			found.length === 1 ? "1 result" : found.length + " results";
	}

	function update() {
		var query = dialog.input.value;
		if (state.index) {
			show(query);
			return;
		}
		dialog.status.textContent = "Loading \u2026";
		loadIndex().then(function () { show(dialog.input.value); }, function (e) {
			state.loading = null;
			dialog.status.textContent = "The search could not be loaded: " + e.message;
		});
	}

	/* ---- the dialog ---- */

	function move(e) {
		var links = Array.prototype.slice.call(dialog.list.querySelectorAll("a"));
		var at = links.indexOf(document.activeElement), to = null;
		if (e.key === "ArrowDown")
			to = links[Math.min(at + 1, links.length - 1)];
		else if (e.key === "ArrowUp" && at >= 0)
			to = at === 0 ? dialog.input : links[at - 1];
		else if (e.key === "Home" && at >= 0)
			to = links[0];
		else if (e.key === "End" && at >= 0)
			to = links[links.length - 1];
		else if (e.key === "Escape") /* Browsers would empty the field first. */
			dialog.box.close();
		else if (e.key === "Enter" && document.activeElement === dialog.input && links.length)
			links[0].click();
		else if (at >= 0 && (e.key.length === 1 || e.key === "Backspace") && e.key !== " " && !e.ctrlKey && !e.metaKey && !e.altKey)
			dialog.input.focus(); /* The key goes on into the field. */
		if (!to)
			return;
		e.preventDefault();
		to.focus();
		to.scrollIntoView({ block: "nearest" });
	}

	function build() {
		var box = element("dialog", "search"), bar = element("div", "search-bar"), label = element("label", "hidden", "Search this site");
		var close = element("button", "search-close", "Close");
		dialog = { box: box, input: element("input"), status: element("p", "search-status"), list: element("ol", "search-results"),
			empty: element("p", "search-empty") };
		box.setAttribute("aria-label", "Search");
		bar.setAttribute("role", "search");
		dialog.input.type = "search";
		dialog.input.id = "lintel-search-input";
		dialog.input.autocomplete = "off";
		dialog.input.spellcheck = false;
		dialog.input.placeholder = "A name, an address, a decision, a word";
		label.htmlFor = dialog.input.id;
		close.type = "button";
		close.addEventListener("click", function () { box.close(); });
		dialog.status.setAttribute("role", "status");
		dialog.list.setAttribute("aria-label", "Results");
		dialog.empty.appendChild(document.createTextNode("Finds nodes, networks, clusters, services, addresses, decisions and the sections of every page. "));
		[["\u2191 \u2193", "choose"], ["Enter", "open"], ["Esc", "close"]].forEach(function (key) {
			dialog.empty.appendChild(element("kbd", "", key[0]));
			dialog.empty.appendChild(document.createTextNode(" " + key[1] + " "));
		});
		bar.appendChild(label);
		bar.appendChild(dialog.input);
		bar.appendChild(close);
		[bar, dialog.status, dialog.empty, dialog.list].forEach(function (part) { box.appendChild(part); });
		dialog.input.addEventListener("input", update);
		box.addEventListener("keydown", move);
		box.addEventListener("click", function (e) {
			if (e.target === box || (e.target.closest && e.target.closest(".search-results a") && !e.ctrlKey && !e.metaKey && !e.shiftKey))
				box.close();
		});
		document.body.appendChild(box);
	}

	window.lintelSearch = {
		options: options,
		find: find,
		index: function (starts, json) {
			state.starts = starts;
			state.json = json;
			state.texts = {};
		},
		texts: function (part, json) { state.texts["of" + part] = JSON.parse(json); },
		/* `at`: the URL of the site's root, with a slash at its end. */
		open: function (at) {
			root = at;
			if (!dialog)
				build();
			if (!dialog.box.open)
				dialog.box.showModal();
			dialog.input.focus();
			dialog.input.select();
			update();
		}
	};
})();
