import { escapeHtml, type Skin, structuredData } from "../business.ts";

/** Clean hand-written HTML of today. */
export const modern = (
  options: { schemaType?: string; extra?: Record<string, unknown>; head?: string } = {},
): Skin => ({
  section: (heading, inner) => `<section><h2>${escapeHtml(heading)}</h2>\n${inner}\n</section>`,
  image: (_business, file, alt) =>
    `<picture><source srcset="/img/${file.replace(".jpg", ".webp")}" type="image/webp"><img src="/img/${file}" alt="${escapeHtml(alt)}" loading="lazy" width="800" height="533"></picture>`,
  form: (_business, words) =>
    `<form action="/send" method="post"><p><label>${words.name}<br><input name="name" required></label></p><p><label>${words.email}<br><input name="email" type="email" required></label></p><p><label>${words.message}<br><textarea name="message" rows="8"></textarea></label></p><p><button>${words.send}</button></p></form>`,
  document: (business, page, main, pages, words) => `<!doctype html>
<html lang="${business.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<meta name="description" content="${escapeHtml(page.description ?? business.description)}">
<link rel="canonical" href="https://${business.host}${page.path}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/css/main.css?v=18">
${options.schemaType ? `<script type="application/ld+json">\n${structuredData(business, options.schemaType, options.extra)}\n</script>` : ""}
${options.head ?? ""}
</head>
<body>
<header><a href="/" class="brand"><img src="/img/logo.svg" alt="${escapeHtml(business.name)}" class="logo" width="160" height="48"></a>
<nav><ul>
${pages.map((entry) => `<li><a href="${entry.path}"${entry.path === page.path ? ' aria-current="page"' : ""}>${escapeHtml(entry.heading)}</a></li>`).join("\n")}
</ul></nav></header>
<main>
<h1>${escapeHtml(page.heading)}</h1>
${main}
</main>
<footer>
<p>&copy; 2026 ${escapeHtml(business.name)}. ${words.rights}</p>
<p>${Object.entries(business.social)
    .map(([network, url]) => `<a href="${url}">${network}</a>`)
    .join(" · ")}</p>
</footer>
</body>
</html>`,
});

/** A page of 1998: tables, fonts, no doctype worth the name, upper case tags. */
export const tables = (charset: string, credit: string): Skin => ({
  section: (heading, inner) =>
    `<TABLE BORDER=0 WIDTH=100% CELLPADDING=4><TR><TD BGCOLOR=#336699><FONT COLOR=white FACE=Arial SIZE=4><B>${escapeHtml(heading)}</B></FONT></TD></TR><TR><TD><FONT FACE=Arial SIZE=2>${inner}</FONT></TD></TR></TABLE>`,
  image: (_business, file, alt) =>
    `<IMG SRC=images/${file} ALT="${escapeHtml(alt)}" WIDTH=240 HEIGHT=160 ALIGN=left>`,
  form: (_business, words) =>
    `<FORM ACTION=/cgi-bin/formmail.pl METHOD=POST><INPUT TYPE=hidden NAME=recipient VALUE=webmaster>${words.name}: <INPUT NAME=realname SIZE=30><BR>${words.email}: <INPUT NAME=email SIZE=30><BR><TEXTAREA NAME=comments ROWS=6 COLS=40></TEXTAREA><BR><INPUT TYPE=submit VALUE="${words.send}"></FORM>`,
  document: (business, page, main, pages, words) => `<HTML>
<HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=${charset}">
<TITLE>${escapeHtml(page.title)}</TITLE>
<META NAME="Description" CONTENT="${escapeHtml(page.description ?? business.description)}">
<META NAME="Keywords" CONTENT="${escapeHtml(business.services.map((service) => service.name).join(", "))}">
<META NAME="GENERATOR" CONTENT="Microsoft FrontPage 4.0">
</HEAD>
<BODY BGCOLOR=#FFFFFF TEXT=#000000 LINK=#0000CC>
<CENTER><IMG SRC="/images/logo.gif" ALT="${escapeHtml(business.name)}"><BR><H1>${escapeHtml(page.heading)}</H1></CENTER>
<TABLE WIDTH=760 BORDER=0 ALIGN=center><TR VALIGN=top><TD WIDTH=160 BGCOLOR=#EEEEEE>
${pages.map((entry) => `<A HREF="${entry.path}"><FONT FACE=Arial SIZE=2>${escapeHtml(entry.heading)}</FONT></A><BR>`).join("\n")}
</TD><TD>
${main}
</TD></TR></TABLE>
<HR><CENTER><FONT SIZE=1>Copyright &copy; ${business.founded}-2026 ${escapeHtml(business.name)}. ${words.rights}<BR>${credit}</FONT></CENTER>
</BODY>
</HTML>`,
});
