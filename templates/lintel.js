/* Theme switch, table filters, enlarged drawings, cards of mentions, copied code, open menus on wide screens, keys, the way to the search. Every page works
 * without it. */
(function () {
	"use strict";
	var root = document.documentElement;
	var names = ["auto", "light", "dark"];
	var site = document.currentScript ? document.currentScript.src.replace(/assets\/[^\/]*$/, "") : "";

	function stored() {
		try {
			var name = window.localStorage.getItem("lintel-theme");
			return names.indexOf(name) > 0 ? name : "auto";
		} catch (e) {
			return "auto";
		}
	}

	function apply(name) {
		if (name === "auto")
			root.removeAttribute("data-theme");
		else
			root.setAttribute("data-theme", name);
	}

	function themeSwitch() {
		var button = document.getElementById("lintel-theme-switch");
		var now = stored();
		if (!button)
			return;
		function show() {
			button.textContent = "Theme: " + now;
		}
		button.hidden = false;
		show();
		button.addEventListener("click", function () {
			now = names[(names.indexOf(now) + 1) % names.length];
			apply(now);
			show();
			try {
				window.localStorage.setItem("lintel-theme", now);
			} catch (e) {
				/* Kept for this page only. */
			}
		});
	}

	function wideMenus() {
		var wide = window.matchMedia("(min-width: 64rem)");
		var widest = window.matchMedia("(min-width: 84rem)");
		function set() {
			document.querySelectorAll(".site-nav > details").forEach(function (menu) { menu.open = wide.matches; });
			document.querySelectorAll(".contents > details").forEach(function (menu) { menu.open = widest.matches; });
		}
		set();
		var here = document.querySelector(".site-nav [aria-current]"), nav = document.querySelector(".site-nav");
		if (here && wide.matches && here.offsetTop > nav.clientHeight - 80)
			nav.scrollTop = here.offsetTop - nav.clientHeight / 2;
		wide.addEventListener("change", set);
		widest.addEventListener("change", set);
	}

	/* Rows of one table or of several; a group without rows that fit is hidden. */
	function filter(box, index) {
		var rows = Array.prototype.slice.call(box.querySelectorAll("tbody tr"));
		var groups = Array.prototype.slice.call(box.querySelectorAll(".log-group"));
		var words = document.createElement("input"), form = document.createElement("p"), shown = document.createElement("span");
		var status = choice("all", function (row) { return [row.getAttribute("data-status") || "none"]; });
		var tag = choice("all", tags);
		function tags(row) {
			return row.hasAttribute("data-tags") ? row.getAttribute("data-tags").split("|") : [];
		}
		function choice(all, valuesOf) {
			var select = document.createElement("select"), counts = {};
			function option(value, text) {
				var o = document.createElement("option");
				o.value = value;
				o.textContent = text;
				select.appendChild(o);
			}
			rows.forEach(function (row) {
				valuesOf(row).forEach(function (value) { counts[value] = (counts[value] || 0) + 1; });
			});
			option("", all);
			Object.keys(counts).sort().forEach(function (value) { option(value, value + " (" + counts[value] + ")"); });
			select.addEventListener("change", run);
			return {
				field: select,
				fits: function (row) { return !select.value || valuesOf(row).indexOf(select.value) >= 0; }
			};
		}
		function label(text, field, id) {
			var l = document.createElement("label");
			field.id = id + index;
			l.htmlFor = field.id;
			l.textContent = text;
			form.appendChild(l);
			form.appendChild(field);
		}
		function run() {
			var wanted = words.value.toLowerCase().trim(), n = 0;
			rows.forEach(function (row) {
				row.hidden = !(status.fits(row) && tag.fits(row) && row.textContent.toLowerCase().indexOf(wanted) >= 0);
				n += row.hidden ? 0 : 1;
			});
			groups.forEach(function (group) { group.hidden = !group.querySelector("tbody tr:not([hidden])"); });
			shown.textContent = n === rows.length ? "" : n + " of " + rows.length;
		}
		words.type = "search";
		form.className = "filter";
		label("Filter", words, "lintel-filter-words-");
		label("Status", status.field, "lintel-filter-status-");
		if (rows.some(function (row) { return tags(row).length; }))
			label("Tag", tag.field, "lintel-filter-tag-");
		shown.setAttribute("role", "status");
		form.appendChild(shown);
		words.addEventListener("input", run);
		box.insertBefore(form, box.firstChild);
	}

	function button(text, name, action) {
		var b = document.createElement("button");
		b.type = "button";
		b.textContent = text;
		if (name)
			b.setAttribute("aria-label", name);
		b.addEventListener("click", action);
		return b;
	}

	/* The drawing itself moves into the dialog and back, so that its ids and links stay one. */
	function enlarge(figure) {
		var svg = figure.querySelector(".drawing-scroll svg");
		if (!svg || !window.HTMLDialogElement)
			return;
		var home = svg.parentNode, width = svg.getAttribute("width"), height = svg.getAttribute("height");
		var dialog = document.createElement("dialog"), bar = document.createElement("p"), pane = document.createElement("div");
		var scale = 1;
		function set(to) {
			scale = Math.min(6, Math.max(0.25, to));
			svg.setAttribute("width", width * scale);
			svg.setAttribute("height", height * scale);
		}
		function fit() {
			set(Math.min(pane.clientWidth / width, pane.clientHeight / height));
		}
		dialog.className = "zoom";
		dialog.setAttribute("aria-label", home.getAttribute("aria-label") || "Drawing");
		pane.className = "zoom-pane";
		pane.tabIndex = 0;
		pane.setAttribute("role", "group");
		pane.setAttribute("aria-label", "Drawing, scrolls");
		bar.appendChild(button("+", "Larger", function () { set(scale * 1.25); }));
		bar.appendChild(button("\u2212", "Smaller", function () { set(scale / 1.25); }));
		bar.appendChild(button("Fit", "", fit));
		bar.appendChild(button("Close", "", function () { dialog.close(); }));
		dialog.appendChild(bar);
		dialog.appendChild(pane);
		dialog.addEventListener("keydown", function (e) {
			if (e.key === "+" || e.key === "=")
				set(scale * 1.25);
			else if (e.key === "-")
				set(scale / 1.25);
			else if (e.key === "0")
				fit();
		});
		dialog.addEventListener("close", function () {
			svg.setAttribute("width", width);
			svg.setAttribute("height", height);
			home.appendChild(svg);
			dialog.remove();
		});
		var open = button("Enlarge", "", function () {
			pane.appendChild(svg);
			figure.appendChild(dialog);
			dialog.showModal();
			fit();
			pane.focus();
		});
		open.className = "enlarge";
		figure.insertBefore(open, figure.querySelector("figcaption"));
	}

	/* ---- search and keys ---- */

	/* The search is a script of its own, loaded when it is first asked for. */
	function openSearch() {
		if (window.lintelSearch) {
			window.lintelSearch.open(site);
			return;
		}
		if (document.getElementById("lintel-search-script"))
			return;
		var script = document.createElement("script");
		script.id = "lintel-search-script";
		script.src = site + "assets/search.js";
		script.onload = function () { window.lintelSearch.open(site); };
		script.onerror = function () { script.remove(); };
		document.head.appendChild(script);
	}

	function singleKeys(set) {
		try {
			if (set !== undefined)
				window.localStorage.setItem("lintel-keys", set ? "on" : "off");
			return window.localStorage.getItem("lintel-keys") !== "off";
		} catch (e) {
			return true;
		}
	}

	/* Single keys can be switched off: who speaks to the machine would press them by accident. */
	function showKeys(keys) {
		var dialog = document.createElement("dialog"), title = document.createElement("h2"), list = document.createElement("dl");
		var label = document.createElement("label"), box = document.createElement("input");
		dialog.className = "keys";
		title.textContent = "Keys";
		title.id = "lintel-keys-title";
		dialog.setAttribute("aria-labelledby", title.id);
		keys.forEach(function (key) {
			var dt = document.createElement("dt"), dd = document.createElement("dd"), kbd = document.createElement("kbd");
			kbd.textContent = key[0];
			dt.appendChild(kbd);
			dd.textContent = key[1];
			list.appendChild(dt);
			list.appendChild(dd);
		});
		box.type = "checkbox";
		box.checked = singleKeys();
		box.addEventListener("change", function () { singleKeys(box.checked); });
		label.appendChild(box);
		label.appendChild(document.createTextNode("React to single keys"));
		[title, list, label, button("Close", "", function () { dialog.close(); })].forEach(function (part) { dialog.appendChild(part); });
		dialog.addEventListener("close", function () { dialog.remove(); });
		document.body.appendChild(dialog);
		dialog.showModal();
	}

	function keys() {
		var open = document.getElementById("lintel-search-open"), known = [];
		if (open && window.HTMLDialogElement) {
			open.hidden = false;
			open.addEventListener("click", openSearch);
			known.push(["/", "Search"], ["Ctrl K", "Search"]);
		}
		var list = document.getElementById("lintel-keys-open");
		if (list && window.HTMLDialogElement) {
			list.hidden = false;
			list.addEventListener("click", function () { showKeys(known); });
		}
		known.push(["[", "Previous page"], ["]", "Next page"], ["?", "This list"], ["Esc", "Close"]);
		document.addEventListener("keydown", function (e) {
			var field = e.target.closest && e.target.closest("input, textarea, select, [contenteditable]");
			var near = e.key === "[" ? "prev" : e.key === "]" ? "next" : "";
			var link = near && document.querySelector(".neighbours a[rel=" + near + "]");
			if (known.length > 4 && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k") {
				e.preventDefault();
				openSearch();
			} else if (field || e.metaKey || e.altKey && !e.ctrlKey || document.querySelector("dialog[open]") || !singleKeys()) {
				return;
			} else if (e.key === "/" && known.length > 4) {
				e.preventDefault();
				openSearch();
			} else if (e.key === "?" && window.HTMLDialogElement) {
				e.preventDefault();
				showKeys(known);
			} else if (link) {
				link.click();
			}
		});
	}

	/* Marks in the contents the heading that one reads below. */
	function follow() {
		var links = Array.prototype.slice.call(document.querySelectorAll(".contents a")), current = null, waiting = false;
		var targets = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
		function mark() {
			var line = Math.min(window.innerHeight / 3, 160), at = -1;
			waiting = false;
			targets.forEach(function (target, i) {
				if (target && target.getBoundingClientRect().top <= line)
					at = i;
			});
			if (window.innerHeight + window.scrollY >= root.scrollHeight - 2 && window.scrollY > 0)
				at = links.length - 1;
			if (links[at] === current)
				return;
			if (current)
				current.removeAttribute("aria-current");
			current = links[at];
			if (!current)
				return;
			current.setAttribute("aria-current", "true");
			var box = current.closest(".contents");
			if (box.scrollHeight > box.clientHeight)
				box.scrollTop = current.offsetTop - box.clientHeight / 2;
		}
		if (!links.length)
			return;
		window.addEventListener("scroll", function () {
			if (!waiting)
				window.requestAnimationFrame(mark);
			waiting = true;
		}, { passive: true });
		mark();
	}

	/* Prompts are no part of a command. */
	function codeText(code) {
		var copy = code.cloneNode(true);
		copy.querySelectorAll(".h-p").forEach(function (prompt) { prompt.remove(); });
		return copy.textContent;
	}

	function writeClipboard(text, done) {
		function old() {
			var area = document.createElement("textarea");
			area.value = text;
			area.className = "hidden";
			document.body.appendChild(area);
			area.select();
			done(document.execCommand("copy"));
			area.remove();
		}
		if (navigator.clipboard && navigator.clipboard.writeText)
			navigator.clipboard.writeText(text).then(function () { done(true); }, old);
		else
			old();
	}

	function copyButton(code) {
		var pre = code.parentNode, box = document.createElement("div"), timer = 0;
		box.className = "code";
		pre.parentNode.insertBefore(box, pre);
		box.appendChild(pre);
		var copy = button("Copy", "", function () {
			writeClipboard(codeText(code), function (ok) {
				copy.textContent = ok ? "Copied" : "Not copied";
				copy.focus();
				window.clearTimeout(timer);
				timer = window.setTimeout(function () { copy.textContent = "Copy"; }, 2000);
			});
		});
		copy.className = "copy";
		box.appendChild(copy);
	}

	/* What the title of the first mention says is shown as a card at every link to the same page: under the pointer and
	 * at the focus, until Escape; the pointer may go into it. */
	function cards() {
		var texts = {}, card = document.createElement("div"), at = null, timer = 0;
		document.querySelectorAll("a.mention[title]").forEach(function (link) {
			texts[link.href] = link.title;
			link.removeAttribute("title");
		});
		if (!Object.keys(texts).length)
			return;
		card.id = "lintel-card";
		card.className = "hover-card";
		card.setAttribute("role", "tooltip");
		card.hidden = true;
		document.querySelector("main").appendChild(card);
		function hide() {
			window.clearTimeout(timer);
			card.hidden = true;
			if (at)
				at.removeAttribute("aria-describedby");
			at = null;
		}
		function show(link) {
			hide();
			card.textContent = "";
			texts[link.href].split("\n").forEach(function (text, i) {
				var row = document.createElement(i ? "span" : "strong"), colon = i ? text.indexOf(": ") : -1;
				if (colon > 0) {
					row.appendChild(document.createElement("em")).textContent = text.slice(0, colon);
					row.appendChild(document.createTextNode(" "));
					row.appendChild(document.createElement("i")).textContent = text.slice(colon + 2);
				} else {
					row.textContent = text.charAt(0).toUpperCase() + text.slice(1);
				}
				card.appendChild(row);
			});
			at = link;
			at.setAttribute("aria-describedby", card.id);
			card.hidden = false;
			var box = link.getClientRects()[0] || link.getBoundingClientRect();
			var below = box.bottom + 4 + card.offsetHeight < window.innerHeight;
			card.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8)) + "px";
			card.style.top = Math.max(4, below ? box.bottom + 4 : box.top - card.offsetHeight - 4) + "px";
		}
		function linkOf(target) {
			var link = target.closest ? target.closest("main a[href]") : null;
			return link && texts[link.href] && link.getAttribute("aria-current") === null ? link : null;
		}
		function later(action) {
			window.clearTimeout(timer);
			timer = window.setTimeout(action, 200);
		}
		document.addEventListener("pointerover", function (e) {
			var link = e.pointerType === "touch" ? null : linkOf(e.target);
			if (card.contains(e.target) || (link && link === at))
				window.clearTimeout(timer);
			else if (link)
				later(function () { show(link); });
			else if (at && at !== document.activeElement)
				later(hide);
			else if (!at)
				window.clearTimeout(timer);
		});
		document.addEventListener("focusin", function (e) {
			var link = linkOf(e.target);
			if (link && link.matches(":focus-visible"))
				show(link);
			else
				hide();
		});
		document.addEventListener("focusout", hide);
		document.addEventListener("keydown", function (e) {
			if (e.key === "Escape")
				hide();
		});
		window.addEventListener("scroll", hide, { passive: true });
	}

	apply(stored());
	document.addEventListener("DOMContentLoaded", function () {
		themeSwitch();
		wideMenus();
		keys();
		follow();
		cards();
		document.querySelectorAll("[data-filter]").forEach(filter);
		document.querySelectorAll("figure.drawing").forEach(enlarge);
		document.querySelectorAll("pre > code").forEach(copyButton);
	});
})();
