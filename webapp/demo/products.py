"""What the demo provider sells, at net prices per term in euros and Canadian dollars."""

from dataclasses import dataclass
from typing import NamedTuple

from ..domain.periods import Period


class DemoPrice(NamedTuple):
    """Net, as the inventory file writes it."""

    period: str
    eur: str
    cad: str

    def in_currency(self, currency: str) -> str:
        return {"EUR": self.eur, "CAD": self.cad}[currency]


@dataclass(frozen=True, slots=True)
class DemoProduct:
    code: str
    name: str
    family: str
    terms: str
    """``period:euros/dollars`` for each period it is sold for."""
    forced: bool = False

    @property
    def prices(self) -> tuple[DemoPrice, ...]:
        return tuple(DemoPrice(*term.replace("/", ":").split(":")) for term in self.terms.split())

    def price(self, period: str, currency: str) -> str:
        """The net price of one term. Raises KeyError where it is not sold for that period."""
        return {price.period: price for price in self.prices}[period].in_currency(currency)


PRODUCTS = {
    product.code: product
    for product in (
        DemoProduct("domain-example", ".example", "domain", "P12M:9.90/14.90 P24M:19.40/29.20 P36M:28.70/43.20"),
        DemoProduct("domain-fr", ".fr.example", "domain", "P12M:6.99/10.99 P24M:13.80/21.80 P60M:33.90/53.50"),
        DemoProduct("domain-de", ".de.example", "domain", "P12M:5.49/8.49 P24M:10.80/16.80"),
        DemoProduct("domain-quebec", ".quebec.example", "domain", "P12M:24.90/34.90 P24M:48.90/68.90"),
        DemoProduct("domain-shop", ".shop.example", "domain", "P12M:29.00/42.00 P24M:57.00/83.00"),
        DemoProduct("domain-photo", ".photo.example", "domain", "P12M:22.50/32.90"),
        DemoProduct("canopee-10", "Canopée 10", "hosting", "P1M:3.49/4.99 P12M:35.88/51.48 P24M:68.40/98.40"),
        DemoProduct("canopee-50", "Canopée 50", "hosting", "P1M:6.99/9.99 P12M:71.88/103.08 P24M:136.80/196.80"),
        DemoProduct("canopee-250", "Canopée 250", "hosting", "P1M:12.99/18.99 P12M:131.88/191.88"),
        DemoProduct("canopee-shop", "Canopée Shop", "hosting", "P1M:19.99/28.99 P12M:203.88/299.88"),
        DemoProduct(
            "canopee-agency", "Canopée Agency", "hosting", "P1M:39.00/57.00 P6M:222.00/324.00 P12M:420.00/612.00"
        ),
        DemoProduct("brindille-2", "Brindille 2", "vps", "P1M:4.20/6.20 P6M:24.60/36.30 P12M:46.80/69.00"),
        DemoProduct("brindille-4", "Brindille 4", "vps", "P1M:8.40/12.40 P6M:49.20/72.60 P12M:93.60/138.00"),
        DemoProduct("brindille-8", "Brindille 8", "vps", "P1M:16.50/24.50 P6M:96.00/142.80 P12M:184.80/274.80"),
        DemoProduct("brindille-16", "Brindille 16", "vps", "P1M:31.00/45.90 P6M:180.00/267.00 P12M:348.00/516.00"),
        DemoProduct("chene-32", "Chêne 32", "dedicated", "P1M:59.00/87.00 P3M:174.00/256.50 P12M:672.00/990.00"),
        DemoProduct("chene-128", "Chêne 128", "dedicated", "P1M:129.00/189.00 P3M:381.00/558.00 P12M:1476.00/2160.00"),
        DemoProduct("chene-256", "Chêne 256", "dedicated", "P1M:219.00/322.00 P12M:2508.00/3684.00"),
        DemoProduct("colombe-5", "Colombe 5", "email", "P1M:4.95/7.25 P12M:56.40/82.80"),
        DemoProduct("colombe-25", "Colombe 25", "email", "P1M:19.90/29.50 P12M:226.80/336.00"),
        DemoProduct("colombe-archive", "Colombe Archive", "email", "P12M:48.00/70.80"),
        DemoProduct("silex-2", "Silex SQL 2", "database", "P1M:7.90/11.60 P12M:90.00/132.00"),
        DemoProduct("silex-8", "Silex SQL 8", "database", "P1M:24.90/36.60 P12M:283.20/417.60"),
        DemoProduct("silex-32", "Silex SQL 32", "database", "P1M:79.00/116.00 P12M:900.00/1320.00"),
        DemoProduct("nuee-project", "Nuée Project", "cloud", "P1M:25.00/37.00", forced=True),
        DemoProduct("nuee-cluster", "Nuée Cluster", "cloud", "P1M:68.00/99.00 P12M:775.20/1128.00"),
        DemoProduct("grenier-500", "Grenier 500", "storage", "P1M:5.90/8.60 P12M:67.20/98.40"),
        DemoProduct("grenier-4000", "Grenier 4000", "storage", "P1M:34.00/49.90 P12M:387.60/568.80"),
        DemoProduct("grenier-archive", "Grenier Archive", "storage", "P3M:57.00/84.00 P12M:216.00/318.00"),
        DemoProduct("vigie", "Vigie", "licence", "P1M:11.50/16.90 P12M:131.00/192.00"),
        DemoProduct("equerre", "Équerre CAD", "licence", "P1M:42.00/61.00 P12M:478.80/695.00"),
        DemoProduct("palimpseste", "Palimpseste Backup", "licence", "P1M:6.50/9.50 P12M:74.00/108.00"),
        DemoProduct("sceau-dv", "Sceau DV", "certificate", "P12M:12.00/17.50"),
        DemoProduct("sceau-ov", "Sceau OV", "certificate", "P12M:69.00/99.00"),
        DemoProduct("sceau-wildcard", "Sceau Wildcard", "certificate", "P12M:119.00/174.00"),
        DemoProduct("passerelle", "Passerelle", "network", "P1M:15.00/22.00 P12M:171.00/250.80"),
        DemoProduct("adresses-8", "IPv4 /29", "network", "P1M:16.00/23.50 P12M:182.40/267.60"),
        DemoProduct("carillon-line", "Carillon SIP", "telephony", "P1M:8.90/12.90 P12M:99.00/144.00"),
        DemoProduct("carillon-sms", "Carillon SMS 1000", "telephony", "P12M:52.00/76.00"),
    )
}


def product_rows() -> list[dict[str, str]]:
    """The rows of the products file."""
    return [
        {
            "product": product.code,
            "name": product.name,
            "family": product.family,
            "forced": "yes" if product.forced else "no",
            "period": str(Period.parse(price.period)),
            "currency": currency,
            "price": price.in_currency(currency),
        }
        for product in PRODUCTS.values()
        for price in product.prices
        for currency in ("EUR", "CAD")
    ]
