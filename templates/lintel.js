/* Theme switch, table filters, enlarged drawings, open menus on wide screens. Every page works without it. */
(function () {
	"use strict";
	var root = document.documentElement;
	var names = ["auto", "light", "dark"];

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

	function filter(box, index) {
		var rows = Array.prototype.slice.call(box.querySelectorAll("tbody tr"));
		var counts = {}, words = document.createElement("input"), select = document.createElement("select");
		var form = document.createElement("p"), shown = document.createElement("span");
		rows.forEach(function (row) {
			var status = row.getAttribute("data-status") || "none";
			counts[status] = (counts[status] || 0) + 1;
		});
		function option(value, text) {
			var o = document.createElement("option");
			o.value = value;
			o.textContent = text;
			select.appendChild(o);
		}
		function label(text, field, id) {
			var l = document.createElement("label");
			field.id = id + index;
			l.htmlFor = field.id;
			l.textContent = text;
			form.appendChild(l);
			form.appendChild(field);
		}
		option("", "all (" + rows.length + ")");
		Object.keys(counts).forEach(function (status) { option(status, status + " (" + counts[status] + ")"); });
		words.type = "search";
		form.className = "filter";
		label("Filter", words, "lintel-filter-words-");
		label("Status", select, "lintel-filter-status-");
		shown.setAttribute("role", "status");
		form.appendChild(shown);
		function run() {
			var wanted = words.value.toLowerCase().trim(), n = 0;
			rows.forEach(function (row) {
				var status = row.getAttribute("data-status") || "none";
				var fits = (!select.value || select.value === status) && row.textContent.toLowerCase().indexOf(wanted) >= 0;
				row.hidden = !fits;
				n += fits ? 1 : 0;
			});
			shown.textContent = n === rows.length ? "" : n + " of " + rows.length;
		}
		words.addEventListener("input", run);
		select.addEventListener("change", run);
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

	apply(stored());
	document.addEventListener("DOMContentLoaded", function () {
		themeSwitch();
		wideMenus();
		document.querySelectorAll("[data-filter]").forEach(filter);
		document.querySelectorAll("figure.drawing").forEach(enlarge);
	});
})();
