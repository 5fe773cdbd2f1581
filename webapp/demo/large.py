"""demo-large: twelve thousand services in the proportions of a platform that hosts small sites."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from ..domain.folding import fold
from ..domain.periods import Period
from .item import DemoItem, Life
from .products import PRODUCTS
from .titles import invented_titles

SIZE = 12_000
OWNER = "demo-large"
DAYS_IN_MONTH = 30
ENDINGS = {
    "domain-example": "example",
    "domain-fr": "fr.example",
    "domain-de": "de.example",
    "domain-shop": "shop.example",
    "domain-photo": "photo.example",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How often a product occurs in ten thousand, how it is named, and how many per cent renew by hand."""

    product: str
    weight: int
    name: str
    display: str
    manual: int = 0


SHARES = (
    Share("domain-example", 2200, "{slug}.{ending}", "", 22),
    Share("domain-fr", 1500, "{slug}.{ending}", "", 22),
    Share("domain-de", 250, "{slug}.{ending}", "", 15),
    Share("domain-shop", 220, "{slug}.{ending}", "{title}", 12),
    Share("domain-photo", 130, "{slug}.{ending}", "", 25),
    Share("canopee-10", 1300, "www.{slug}.example", "{title}", 14),
    Share("canopee-50", 850, "www.{slug}.example", "{title}", 10),
    Share("canopee-shop", 240, "boutique.{slug}.example", "{title} — boutique", 4),
    Share("colombe-5", 1050, "mail.{slug}.example", "{title} — messagerie"),
    Share("colombe-25", 150, "mail.{slug}.example", "{title} — messagerie"),
    Share("brindille-2", 620, "vps-{hex}.compute.example", "", 12),
    Share("brindille-4", 380, "vps-{hex}.compute.example", "Serveur {title}", 8),
    Share("brindille-8", 150, "vps-{hex}.compute.example", "Serveur {title}", 5),
    Share("chene-32", 50, "ns-{hex}.metal.example", "Machine {title}", 5),
    Share("silex-2", 300, "db-{hex}.data.example", "Base {title}"),
    Share("silex-8", 80, "db-{hex}.data.example", "Base {title}"),
    Share("grenier-500", 190, "{slug}.grenier.example", "Sauvegarde {title}"),
    Share("palimpseste", 110, "palimpseste-{hex}.licence.example", ""),
    Share("sceau-wildcard", 90, "*.{slug}.example", "Certificat {title}"),
    Share("adresses-8", 40, "bloc-{hex}.network.example", ""),
    Share("nuee-cluster", 50, "k-{slug}.nuee.example", "Grappe {title}"),
    Share("carillon-line", 50, "ligne-{hex}.voice.example", "Standard {title}"),
)
FATES = {
    Life.RUNNING: 9440,
    Life.CANCELLED: 220,
    Life.ENDED: 180,
    Life.BILLED_EARLY: 70,
    Life.ORDERED: 40,
    Life.OPENING: 30,
    Life.BARRED: 20,
}
LATE_PER_CENT = 2
LONGEST_AGO = {Life.RUNNING: 12, Life.ENDED: 60}
"""Days since the end: an unpaid service has been suspended by then, and not deleted yet."""
FURTHEST_AHEAD = 395


def large_items(seed: str) -> Iterator[DemoItem]:
    random = Random(seed)
    titles = invented_titles()
    random.shuffle(titles)
    shares = random.choices(SHARES, [share.weight for share in SHARES], k=SIZE)
    for share, title in zip(shares, titles[:SIZE], strict=True):
        item = named(share, title, random.randrange(1 << 32))
        yield outlive(random, item, by_hand=random.randrange(100) < share.manual)


def named(share: Share, title: str, number: int) -> DemoItem:
    facts = {
        "slug": fold(title).replace(" ", "-"),
        "ending": ENDINGS.get(share.product, ""),
        "hex": f"{number:08x}",
        "title": title,
    }
    return DemoItem(share.name.format(**facts), share.product, share.display.format(**facts), owner=OWNER)


def outlive(random: Random, item: DemoItem, *, by_hand: bool) -> DemoItem:
    """The same service with a period, an end and a fate."""
    period = random.choice(PRODUCTS[item.product].prices).period
    life = random.choices(list(FATES), list(FATES.values()))[0]
    late = life is Life.ENDED or (life is Life.RUNNING and random.randrange(100) < LATE_PER_CENT)
    manual = by_hand and life is Life.RUNNING
    ahead = min(Period.parse(period).months * DAYS_IN_MONTH, FURTHEST_AHEAD)
    ends = -random.randint(1, LONGEST_AGO[life] // (1 + manual)) if late else random.randint(1, ahead)
    return replace(item, period=period, life=life, ends=ends, manual=manual)
