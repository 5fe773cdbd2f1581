"""demo-agency: pays for the sites of its clients, and is to their services everything that one can be."""

from collections.abc import Iterator
from dataclasses import replace

from ..domain.roles import ROLES
from .item import DemoItem, Life
from .people import CLIENTS

AGENCY = "demo-agency"
SITES = (
    DemoItem("{site}.fr.example", "domain-fr", "{name} — nom de domaine", 23),
    DemoItem("{site}.fr.example", "canopee-50", "{name} — site", 57),
    DemoItem("mail.{site}.fr.example", "colombe-5", "{name} — messagerie", 4, "P1M"),
    DemoItem("{site}.fr.example", "sceau-dv", "{name} — certificat", life=Life.INCLUDED, within="canopee-50"),
    DemoItem("recette.{site}.fr.example", "canopee-10", "{name} — recette", 12, "P1M"),
    DemoItem("sauvegarde-{site}.grenier.example", "grenier-500", "{name} — sauvegarde", 21, "P1M"),
)
"""What every client has; the ends of yearly terms are spread over the year, client by client."""
YEARLY_STEP, MONTHLY_STEP = 27, 2

EVERY_ROLE = (
    DemoItem("ruche-graphique.example", "domain-example", "La Ruche graphique", 132),
    DemoItem("ruche-graphique.example", "canopee-agency", "La Ruche graphique", 16, "P1M"),
    DemoItem("salon-des-artisans.example", "domain-example", "Salon des artisans", 17, manual=True),
    DemoItem("salon-des-artisans.example", "canopee-50", "Salon des artisans", 71),
    DemoItem("fete-du-port.example", "domain-example", "Fête du port", 9, manual=True),
    DemoItem("fete-du-port.example", "canopee-10", "Fête du port", -2, "P1M"),
    DemoItem("vps-a4470c1e.compute.example", "brindille-8", "Intégration continue", 11, "P1M"),
    DemoItem("guide-des-vins.example", "domain-example", "Guide des vins", 284),
    DemoItem("guide-des-vins.shop.example", "canopee-shop", "Guide des vins — boutique", 6, "P1M"),
    DemoItem("vps-a4470c1f.compute.example", "brindille-4", "Statistiques des clients", 20, "P1M", manual=True),
    DemoItem("db-statistiques.data.example", "silex-8", "Base des statistiques", 3, "P1M"),
    DemoItem("semaine-du-design.example", "domain-example", "Semaine du design", -5, manual=True),
    DemoItem("semaine-du-design.example", "canopee-50", "Semaine du design", 38, life=Life.CANCELLED),
    DemoItem("revue-littorale.example", "domain-example", "Revue littorale", 199, manual=True),
    DemoItem("trait-d-azur.example", "canopee-agency", "Le site de l’agence", 111, "P6M"),
)
"""As many as there are combinations of the four roles: the first gives the agency the first one, the last all."""


def agency_items() -> tuple[DemoItem, ...]:
    return (*client_items(), *every_role())


def client_items() -> Iterator[DemoItem]:
    for rank, client in enumerate(CLIENTS):
        for item in SITES:
            step = YEARLY_STEP if item.period == "P12M" else MONTHLY_STEP
            yield replace(
                item,
                name=item.name.format(site=client.handle),
                display=item.display.format(name=client.name),
                ends=(item.ends + rank * step) % (365 if item.period == "P12M" else 28),
                owner=client.handle,
                technical=AGENCY if rank % 3 == 0 else "",
                billing=AGENCY,
            )


def every_role() -> Iterator[DemoItem]:
    for held, item in enumerate(EVERY_ROLE, start=1):
        client = CLIENTS[held % len(CLIENTS)].handle
        owner, admin, technical, billing = (AGENCY if held & role else client for role in ROLES)
        yield replace(item, owner=owner, admin=admin, technical=technical, billing=billing)
