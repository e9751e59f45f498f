#!/usr/bin/env python3
"""Builds small documents in the dialects that people write: what each becomes on its page, and that nothing hostile reaches one."""
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

NOTE = '<div class="alert alert-note" role="note">\n<p class="alert-title">%s</p>\n%s\n</div>'
TIP = NOTE.replace("alert-note", "alert-tip")

# what is written, and what its page holds
CASES = [
    ("!!! note\n    a\n\n    b\n", NOTE % ("Note", "<p>a</p>\n<p>b</p>")),
    ('!!! tip "A *b* &amp; <i>c</i>"\n    a\n', TIP % ("A <em>b</em> &amp; <i>c</i>", "<p>a</p>")),
    ('!!! note ""\n    a\n', '<div class="alert alert-note" role="note">\n<p>a</p>\n</div>'),
    ("x\n!!! note inline end\n    a\n", "<p>x</p>\n" + NOTE % ("Note", "<p>a</p>")),
    ("??? note\n    a\n", '<details class="alert alert-note">\n<summary class="alert-title">Note</summary>\n<p>a</p>\n</details>'),
    ('???+ tip "B"\n    a\n', '<details class="alert alert-tip" open>\n<summary class="alert-title">B</summary>\n<p>a</p>\n</details>'),
    ("!!! note\n    !!! tip\n        a\n", NOTE % ("Note", TIP % ("Tip", "<p>a</p>"))),
    ("!!! note\n    ```yaml\n    a: b\n    ```\n", '<pre tabindex="0"><code class="language-yaml"><span class="h-a">a</span>: b\n</code></pre>\n</div>'),
    ("!!! note\n    - a\n        - b\n", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n</div>"),
    ("- x\n\n    !!! note\n        a\n", "<p>x</p>\n" + NOTE % ("Note", "<p>a</p>")),
    ("!!! note\n    a\n+ b\n", "</div>\n<ul>\n<li>b</li>\n</ul>"),
    ('=== "A"\n\n    a\n', '<div class="tab">\n<p class="alert-title">A</p>\n<p>a</p>\n</div>'),
    ("!!! note\nnot indented\n", "<p>!!! note\nnot indented</p>"),
    ("!!! wow that is loud!\n    really\n", "<p>!!! wow that is loud!\nreally</p>"),
    ("```\n!!! note\n    a\n```\n", "<code>!!! note\n    a\n</code>"),
    ("<div>\n!!! note\n    a\n</div>\n\n!!! note\n    b\n", NOTE % ("Note", "<p>b</p>")),
    (":::note\na\n:::\n", NOTE % ("Note", "<p>a</p>")),
    ("::: tip My *T*\n- a\n:::\n", TIP % ("My <em>T</em>", "<ul>\n<li>a</li>\n</ul>")),
    (":::tip[T]\na\n:::\n", TIP % ("T", "<p>a</p>")),
    ("::::note\n:::tip\na\n:::\nb\n::::\n", NOTE % ("Note", TIP % ("Tip", "<p>a</p>") + "\n<p>b</p>")),
    ("::: details\na\n:::\n", '<details class="alert alert-note">\n<summary class="alert-title">Details</summary>\n<p>a</p>\n</details>'),
    (":::tip\nnever closed\n", "<p>:::tip\nnever closed</p>"),
    ("::: mermaid\ngraph TD\n:::\n", "<p>::: mermaid\ngraph TD\n:::</p>"),
    ("> [!NOTE]\n> a\n", NOTE % ("Note", "<p>a</p>")),
    ("> [!hint]\n> a\n", TIP % ("Hint", "<p>a</p>")),
    ("> [!unheard]\n> a\n", "<p>[!unheard]\na</p>"),
    ('```yaml title="a <b>.yaml"\n- a: 1\n```\n', '<p class="code-title">a &lt;b&gt;.yaml</p>\n<pre tabindex="0"><code class="language-yaml">- '
     '<span class="h-a">a</span>: <span class="h-n">1</span>\n</code></pre>'),
    ("``` {.python}\nNone\n```\n", '<pre tabindex="0"><code class="language-python"><span class="h-n">None</span>'),
    ("Done :tada: and :white_check_mark:, 2001:db8:100:1 `:tada:` :no_such:\n", "<p>Done 🎉 and ✅, 2001:db8:100:1 <code>:tada:</code> :no_such:</p>"),
    ("## :rocket: Go\n\n## B\n", '<h2 id="rocket-go">🚀 Go<a class="permalink" href="#rocket-go"'),
    ("## A b {#own}\n\n[x](#own)\n", '<h2 id="a-b-own"><span id="own"></span>A b<a class="permalink"'),
    ("## *A* {: .x #own }\n", '"><span id="own"></span><em>A</em><a class="permalink"'),
    ("## A {x}\n", ">A {x}<a"),
    ("Term\n: One *b*\n: Two\nmore\nOther\n: Three\n", "<dl>\n<dt>Term</dt>\n<dd>One <em>b</em></dd>\n<dd>Two\nmore</dd>\n<dt>Other</dt>\n<dd>Three</dd>\n</dl>"),
    ("A\n:b\n", "<p>A\n:b</p>"),
    ("```console\n$ ls\nif\n```\n", '<span class="h-p">$ </span>ls\nif\n'),
]

HOSTILE = [
    '[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](&#106;avascript:alert(1)) [e](java\tscript:x)\n',
    '[a]: javascript:alert(1)\n[b]: <data:text/html;base64,x>\n\n[a] [b] <javascript:alert(1)>\n',
    '![a](javascript:alert(1)) ![b](data:image/svg+xml,<svg/onload=x>) ![c](x" onerror="y)\n',
    '<a href="jav&#x09;ascript:alert(1)">a</a> <a href=" javascript:x">b</a> <A HREF="DATA:text/html,x">c</A>\n',
    '<svg onload=alert(1)><a xlink:href="javascript:x">y</a></svg>\n\n<math><a href="javascript:x">y</a></math>\n',
    '<img src=x onerror=alert(1)> <IMG SRC="javascript:x"> <details open ontoggle=alert(1)>x</details>\n',
    '<iframe src="javascript:x"></iframe><object data="x"></object><embed src="x"><base href="//evil"><form action=x><input autofocus onfocus=x></form>\n',
    '<style>@import "//evil"</style><link rel=stylesheet href="//evil"><meta http-equiv=refresh content="0;url=javascript:x">\n',
    '<scr<script>ipt>alert(1)</script> <ScRiPt>alert(1)</sCrIpT> <div style="background:url(javascript:x)">x</div>\n',
    '## <script>alert(1)</script> <img src=x onerror=y> [x](javascript:y) "onload="z\n',
    '## A {#"><script>alert(1)</script>}\n\n## B {#x"onload="y}\n',
    '```"><script>alert(1)</script>\nx\n```\n\n```yaml title="\\"><script>alert(1)</script>"\na: <script>\n```\n',
    '```yaml title="x" onload="y"\n<script>alert(1)</script>: <b>\n```\n',
    '!!! note "<script>alert(1)</script><img src=x onerror=y>"\n    <script>alert(1)</script>\n',
    '!!! "><script>alert(1)</script>\n    x\n\n!!! note "[x](javascript:y)"\n    x\n',
    '::: note <script>alert(1)</script> [x](javascript:y)\n<svg onload=x>\n:::\n\n:::note[" onload="x]\na\n:::\n',
    '> [!NOTE" onload="x]\n> a\n\n[^1]\n\n[^1]: <script>alert(1)</script>\n',
    'Term <script>x</script>\n: <img src=x onerror=y>\n\n:"onload=: :<script>: \n',
    '| <script>a</script> |\n|---|\n| <img src=x onerror=y> [a](vbscript:x) |\n',
]
FRONT = '---\ntitle: "</title><script>alert(1)</script>"\ndescription: "\\"><script>alert(1)</script>"\ntags: ["<script>x</script>"]\n---\n\nx\n'


class Dangers(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "iframe", "object", "embed", "base", "form", "math", "meta", "link", "title"):
            self.found.append("<%s>" % tag)
        for name, value in attrs:
            value = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "autofocus"):
                self.found.append("%s=" % name)
            if name in ("href", "src", "xlink:href", "action") and re.match(r"(javascript|vbscript|data|file|blob):", value):
                self.found.append("%s=%s" % (name, value))

    handle_startendtag = handle_starttag


def article(path):
    with open(path, encoding="utf-8") as f:
        page = f.read()
    head, rest = page.split("<article>", 1)
    return head, rest.split("</article>", 1)[0], rest


def build(folder, documents):
    os.makedirs(folder + "/content")
    for name, text in documents.items():
        with open("%s/content/%s.md" % (folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    result = subprocess.run([os.environ["LINTEL"], "build", "-C", folder, "-o", folder + "/site", "--quiet"], capture_output=True, text=True)
    if result.returncode not in (0, 1):
        sys.exit("build ended with %d: %s" % (result.returncode, result.stderr))


def check_cases(folder, troubles):
    build(folder, {"case-%03d" % i: "# T\n\n" + text for i, (text, _) in enumerate(CASES)})
    for i, (text, want) in enumerate(CASES):
        body = article("%s/site/case-%03d.html" % (folder, i))[1]
        if want not in body:
            troubles.append("%r gives\n%s\nwithout\n%s" % (text, body, want))


def check_hostile(folder, troubles):
    documents = {"case-%03d" % i: "# T\n\n" + text for i, text in enumerate(HOSTILE)}
    documents["front"] = FRONT
    build(folder, documents)
    for name in documents:
        head, body, rest = article("%s/site/%s.html" % (folder, name))
        dangers = Dangers()
        dangers.feed(body)
        if dangers.found:
            troubles.append("%s\nreaches the page as %s\n%s" % (documents[name], dangers.found, body))
        if head.count("<script") > 2 or "alert(1)</script>" in head + rest:
            troubles.append("%s\nreaches the layout" % documents[name])


def check_links(folder, troubles):
    build(folder, {"a": "# A\n\n!!! note\n    [x](none.md)\n\n::: tip [y](gone.md)\n[z](#nowhere)\n:::\n"})
    found = subprocess.run([os.environ["LINTEL"], "check", "-C", folder, "--format", "gcc"], capture_output=True, text=True).stdout
    for want in ("a.md:4:9: error", "a.md:6:13: error", "a.md:7:5: error"):
        if want not in found:
            troubles.append("no %s in\n%s" % (want, found))


def main():
    troubles = []
    with tempfile.TemporaryDirectory() as folder:
        check_cases(folder + "/cases", troubles)
        check_hostile(folder + "/hostile", troubles)
        check_links(folder + "/links", troubles)
    print("\n\n".join(troubles))
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
