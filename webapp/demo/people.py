"""Who appears in the demo: those one can sign in as, and the clients they work for."""

from dataclasses import dataclass
from datetime import date

from ..domain.labels import N_
from ..domain.law.contracts import CustomerKind
from ..domain.methods import MethodKind
from ..domain.periods import Period, after

HOME = "FR"
"""The portal whose calendar day the whole inventory is drawn up on."""
BUSINESS, INDIVIDUAL = CustomerKind.BUSINESS, CustomerKind.INDIVIDUAL
ASSOCIATION, PUBLIC_BODY = CustomerKind.ASSOCIATION, CustomerKind.PUBLIC_BODY


@dataclass(frozen=True, slots=True)
class DemoMethod:
    """A means of payment; cards work until that many months from today, the month included."""

    kind: MethodKind
    label: str
    months: int | None = None
    reference: str = "test-accepted"
    """What the sandbox knows it by; it behaves as this says. Empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    handle: str
    name: str
    shows: str = ""
    """What one sees as this customer."""
    email: str = ""
    kind: CustomerKind = BUSINESS
    country: str = "FR"
    portal: str = HOME
    language: str = "fr"
    method: DemoMethod | None = None
    agreements: str = ""
    street: str = ""
    """Its postal address, as the accounts file writes it."""
    vat_number: str = ""
    reference: str = ""

    @property
    def address(self) -> str:
        return self.email or f"{self.handle}@demo.example"


SIGN_INS = (
    DemoPerson(
        handle="demo-fr",
        shows=N_("A private person in France: every kind of service in every state, and bills to pay."),
        name="Maëlle Castaing",
        kind=INDIVIDUAL,
        method=DemoMethod(MethodKind.CARD, "Visa •••• 4242", 20),
        street="8 quai des Brumes / 59800 Lille / France",
    ),
    DemoPerson(
        handle="demo-de",
        shows=N_("A business in Germany: prices without tax, commitments, a bank account that is debited."),
        name="Falkenrieder Feinmechanik GmbH",
        street="Werkstraße 14 / 72762 Reutlingen / Deutschland",
        vat_number="DE999999999",
        reference="IT-2026/04",
        country="DE",
        portal="DE",
        language="en",
        method=DemoMethod(MethodKind.SEPA_DEBIT, "DE•• •••• 3000", reference="test-later"),
    ),
    DemoPerson(
        handle="demo-qc",
        name="Noémie Bellefeuille",
        shows=N_("A private person in Quebec: two taxes, and contract law of its own."),
        kind=INDIVIDUAL,
        country="CA",
        portal="QC",
    ),
    DemoPerson(
        handle="demo-agency",
        name="Agence Trait d’Azur",
        shows=N_("An agency that looks after its clients’ services: several contacts, a card that has expired."),
        method=DemoMethod(MethodKind.CARD, "Mastercard •••• 5100", -2),
    ),
    DemoPerson(
        handle="demo-large",
        name="Plateforme Mosaïque SAS",
        shows=N_("Thousands of services: search, batches and exports at full size."),
        method=DemoMethod(MethodKind.CARD, "Visa •••• 1881", 31),
        street="40 quai du Moulin / 33000 Bordeaux / France",
    ),
    DemoPerson(
        handle="demo-new",
        name="Yanis Morvan-Delorme",
        shows=N_("A new customer who holds nothing yet."),
        kind=INDIVIDUAL,
    ),
    DemoPerson(
        handle="demo-tech",
        name="Idris Kerouanton, infogérance",
        shows=N_("A technical contact: services that others own and pay for."),
        method=DemoMethod(MethodKind.PAYPAL, "demo-tech", reference=""),
    ),
)


def client(handle: str, name: str, kind: CustomerKind = BUSINESS) -> DemoPerson:
    return DemoPerson(handle=handle, name=name, email=f"contact@{handle}.example", kind=kind)


CLIENTS = (
    client("boulangerie-kerdaniel", "Boulangerie Kerdaniel"),
    client("cabinet-orfeuil", "Cabinet d’architecture Orfeuil"),
    client("librairie-passe-lune", "Librairie Passe-Lune"),
    client("domaine-valombre", "Domaine de Valombre"),
    client("velos-tintamarre", "Vélos Tintamarre"),
    client("pharmacie-beauvallon", "Pharmacie de Beauvallon"),
    client("menuiserie-garrigou", "Menuiserie Garrigou & Fils"),
    client("clinique-aubepine", "Clinique vétérinaire de l’Aubépine"),
    client("marcheurs-du-val", "Les Marcheurs du Val", ASSOCIATION),
    client("choeur-sainte-ondine", "Chœur de Sainte-Ondine", ASSOCIATION),
    client("mairie-saint-orvain", "Commune de Saint-Orvain", PUBLIC_BODY),
    client("lucie-hautbois", "Lucie Hautbois", INDIVIDUAL),
)
QUEBEC_CLIENT = DemoPerson(
    handle="erabliere-bellefeuille",
    name="Érablière Bellefeuille et filles",
    email="info@erabliere-bellefeuille.example",
    country="CA",
    portal="QC",
    method=DemoMethod(MethodKind.CARD, "Visa •••• 0077", 14),
    agreements="qc-1753",
)
PEOPLE = {person.handle: person for person in (*SIGN_INS, *CLIENTS, QUEBEC_CLIENT)}


def account_rows(today: date) -> list[dict[str, str]]:
    """The rows of the accounts file."""
    return [
        {
            "handle": person.handle,
            "email": person.address,
            "name": person.name,
            "kind": person.kind.value,
            "country": person.country,
            "portal": person.portal,
            "language": person.language,
            "agreements": person.agreements,
            "address": person.street,
            "vat_number": person.vat_number,
            "reference": person.reference,
            **payment(person.method, today),
        }
        for person in PEOPLE.values()
    ]


def payment(method: DemoMethod | None, today: date) -> dict[str, str]:
    """The payment columns; none where there is no method."""
    if method is None:
        return {}
    columns = {
        "payment_kind": method.kind.value,
        "payment_label": method.label,
        "payment_state": "valid",
        "payment_reference": method.reference,
    }
    if method.months is not None:
        last = after(today, Period(1), anchor_day=1, times=method.months)
        columns["payment_expiry"] = last.isoformat()[:7]
    return columns
