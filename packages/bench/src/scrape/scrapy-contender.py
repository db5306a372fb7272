"""Contender: Scrapy as Debian has it, with the same facts taken by its own selectors. Called as the other contenders are."""

import json
import re
import resource
import socket
import sys
import time

course = json.load(open(sys.argv[1]))
ask = socket.getaddrinfo
# the names exist nowhere but here
socket.getaddrinfo = lambda host, port, *rest, **named: ask("127.0.0.1", port, *rest, **named)
socket.gethostbyname = lambda host: "127.0.0.1"

import scrapy  # noqa: E402
from scrapy.crawler import CrawlerRunner  # noqa: E402
from twisted.internet import defer, reactor  # noqa: E402

SCHEME = "https" if course["tls"] else "http"
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.A)
PHONE = re.compile(r"(?:\+|\()?\d[\d\s().-]{5,22}\d", re.A)
COPYRIGHT = re.compile(r"(?:©|copyright)[^\d]{0,30}((?:19|20)\d\d)", re.I)
ANALYTICS = re.compile(r"\b(?:G-[A-Z0-9]{6,12}|GTM-[A-Z0-9]{4,10}|UA-\d+-\d+)\b")
TECHNOLOGIES = [
    "/wp-content/",
    "/wp-includes/",
    "plugins/elementor/",
    "plugins/woocommerce/",
    "plugins/contact-form-7/",
    "plugins/wpforms",
    "themes/Divi/",
    "cdn/shop/",
    "wixstatic.com",
    "squarespace.com",
    "googletagmanager.com",
    "jquery",
    "bootstrap",
    "fonts.googleapis.com",
]
SOCIAL = ["facebook.com", "twitter.com", "x.com", "linkedin.com", "instagram.com", "youtube.com"]

SETTINGS = {
    "CONCURRENT_REQUESTS": course["concurrency"],
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "ROBOTSTXT_OBEY": False,
    "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
    "REACTOR_THREADPOOL_MAXSIZE": 20,
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
    "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
}


def folded(text):
    return " ".join((text or "").split())


def types_in(value, found):
    if isinstance(value, dict):
        if isinstance(value.get("@type"), str):
            found.add(value["@type"])
        for inner in value.values():
            types_in(inner, found)
    elif isinstance(value, list):
        for inner in value:
            types_in(inner, found)


class Sites(scrapy.Spider):
    name = "sites"

    def __init__(self, names, reads=None, **named):
        super().__init__(**named)
        self.names = names
        self.reads = reads
        self.wanted = {name: {"/"} for name in names}

    def request(self, name, path):
        port = course["allow"]["hosts"][name][SCHEME].split(":")[1]
        return scrapy.Request(
            f"{SCHEME}://{name}:{port}{path}",
            meta={"name": name, "path": path},
            dont_filter=True,
            errback=self.fail,
        )

    def start_requests(self):
        for name in self.names:
            yield self.request(name, "/")

    def fail(self, failure):
        self.logger.error(repr(failure))

    def parse(self, response):
        name = response.meta["name"]
        types = set()
        for block in response.xpath('//script[@type="application/ld+json"]/text()').getall():
            try:
                types_in(json.loads(block), types)
            except ValueError:
                pass
        paths = []
        outbound = set()
        for href in response.xpath("//a/@href").getall():
            try:
                address = response.urljoin(href.strip())
            except ValueError:
                continue
            scheme, _, rest = address.partition("://")
            if not scheme.startswith("http"):
                continue
            host, slash, path = rest.partition("/")
            if host.split(":")[0] == name:
                paths.append(slash + re.split(r"[?#]", path, maxsplit=1)[0] or "/")
            else:
                outbound.add(address)
        text = " ".join(
            response.xpath(
                "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::svg)]"
            ).getall()
        )
        assets = "\n".join(
            response.xpath("//script/@src | //link/@href | //iframe/@src | //img/@src").getall()
        )
        emails = set(EMAIL.findall(text))
        for href in response.xpath('//a[starts-with(@href, "mailto:")]/@href').getall():
            emails.add(href[7:].split("?")[0])
        phones = set(PHONE.findall(text))
        phones.update(href[4:] for href in response.xpath('//a[starts-with(@href, "tel:")]/@href').getall())
        words = {
            "title": folded(response.xpath("string(//title)").get()),
            "description": folded(response.xpath('//meta[@name="description"]/@content').get()),
            "h1": next((text for text in (folded(h1.xpath("string()").get()) for h1 in response.xpath("//h1")) if text), ""),
            "canonical": folded(response.xpath('//link[@rel="canonical"]/@href').get()),
            "robots": folded(response.xpath('//meta[@name="robots"]/@content').get()),
            "language": folded(response.xpath("/html/@lang").get()),
            "schemaTypes": sorted(types),
            "hasForm": bool(response.xpath("//form//textarea")),
        }
        contacts = {
            "emails": sorted(emails),
            "phones": sorted(re.sub(r"\D", "", phone) for phone in phones),
            "socials": sorted(url for url in outbound if any(host in url for host in SOCIAL)),
        }
        self.others = {
            "words": len(text.split()),
            "favicon": response.xpath('//link[contains(@rel, "icon")]/@href').get(),
            "logo": response.xpath('//img[contains(@class, "logo")]/@src').get(),
            "feeds": response.xpath('//link[@rel="alternate"][contains(@type, "rss")]/@href').get(),
            "images": len(response.xpath("//img")),
            "addresses": response.xpath("//address//text()").getall(),
            "comments": bool(response.xpath('//*[@id="comments" or @id="commentform"]')),
            "technologies": [mark for mark in TECHNOLOGIES if mark in assets],
            "generator": response.xpath('//meta[@name="generator"]/@content').getall(),
            "analytics": ANALYTICS.findall(response.text),
            "privacy": bool(response.xpath('//a[contains(@href, "privacy")]')),
            "copyright": COPYRIGHT.search(text),
        }
        counts["pages"] += 1
        if self.reads is not None:
            self.keep(name, response, words, contacts)
        known = self.wanted[name]
        for path in paths:
            if len(known) >= course["pages"]:
                break
            if path not in known:
                known.add(path)
                yield self.request(name, path)

    def keep(self, name, response, words, contacts):
        site = self.reads.setdefault(name, {"pages": {}, "contacts": {}})
        site["pages"][response.meta["path"]] = {"bytes": len(response.body), "words": words}
        for kind, found in contacts.items():
            site["contacts"][kind] = sorted({*site["contacts"].get(kind, []), *found})


counts = {"pages": 0}


@defer.inlineCallbacks
def main():
    try:
        runner = CrawlerRunner(SETTINGS)
        reads = {}
        yield runner.crawl(Sites, names=course["warmup"], reads=reads)
        with open(sys.argv[2], "w") as file:
            json.dump(reads, file)
        print("warm", flush=True)
        sys.stdin.readline()
        counts["pages"] = 0
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.perf_counter()
        yield runner.crawl(Sites, names=course["names"])
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        finish = {
            "pages": counts["pages"],
            "seconds": seconds,
            "cpuSeconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "peakRssMb": after.ru_maxrss / 1024,
        }
        print(json.dumps(finish), flush=True)
    finally:
        reactor.stop()


reactor.callWhenRunning(main)
reactor.run()
