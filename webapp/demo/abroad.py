"""demo-de, a workshop with many machines and workstations, and demo-qc, at home with a few sites."""

from .item import Item, Life

WEB = (
    Item("falkenrieder.de.example", "domain-de", "Hauptdomain", 212, "P24M"),
    Item("falkenrieder.de.example", "canopee-250", "Firmenauftritt", 212),
    Item("falkenrieder.example", "domain-example", "", 212),
    Item("feinmechanik-falkenrieder.de.example", "domain-de", "Weiterleitung", 19, manual=True),
    Item("ersatzteile-falkenrieder.shop.example", "domain-shop", "Ersatzteil-Shop", 101),
    Item("ersatzteile-falkenrieder.shop.example", "canopee-shop", "Ersatzteil-Shop", 10, "P1M"),
    Item("karriere-falkenrieder.de.example", "domain-de", "Karriereseite", -2, manual=True),
    Item("mail.falkenrieder.de.example", "colombe-25", "Geschäftspost", 25, "P1M"),
    Item("archiv.falkenrieder.de.example", "colombe-archive", "E-Mail-Archiv (GoBD)", 212),
    Item("falkenrieder.de.example", "sceau-ov", "Unternehmenszertifikat", 143),
)
PLANT = (
    Item("ns-40112.metal.example", "chene-256", "Warenwirtschaft", 274, committed=1),
    Item("ns-40113.metal.example", "chene-128", "Warenwirtschaft (Ausfall)", 60, "P3M"),
    Item("ns-40377.metal.example", "chene-32", "Maschinendaten Halle 1", 7, "P1M"),
    Item("ns-40378.metal.example", "chene-32", "Maschinendaten Halle 2", 7, "P1M"),
    Item("ns-39004.metal.example", "chene-32", "Alte Lohnabrechnung", 30, "P1M", life=Life.CANCELLED),
    Item("vps-8d21f0aa.compute.example", "brindille-16", "Prüfstände", 15, "P1M"),
    Item("vps-8d21f0ab.compute.example", "brindille-8", "Zeiterfassung", 86, "P6M"),
    Item("vps-8d21f0ac.compute.example", "brindille-4", "Lieferantenportal", 4, "P1M"),
    Item("vps-8d21f0ad.compute.example", "brindille-4", "Qualitätssicherung", 28, "P1M", manual=True),
    Item("vps-8d21f0ae.compute.example", "brindille-2", "Schließanlage", 1, "P1M", anchor=31),
    Item("vps-8d21f0af.compute.example", "brindille-2", "Testsystem", -5, "P1M"),
    Item("db-erp.data.example", "silex-32", "Datenbank Warenwirtschaft", 17, "P1M"),
    Item("db-mde.data.example", "silex-8", "Datenbank Maschinendaten", 159),
    Item("werksnetz.network.example", "passerelle", "Privates Werksnetz", 230),
    Item("bloc-198-51-100-16.network.example", "adresses-8", "Feste Adressen", 21, "P1M"),
    Item("zeichnungen.grenier.example", "grenier-4000", "Zeichnungsablage", 188),
    Item("langzeit.grenier.example", "grenier-archive", "Langzeitarchiv", 47, "P3M"),
    Item("0049-30-23125-010.voice.example", "carillon-line", "Zentrale", 23, "P1M"),
    Item("sms-falkenrieder.voice.example", "carillon-sms", "Störmeldungen per SMS", life=Life.ONCE),
)
WORKSTATIONS = tuple(
    Item(f"cad-{number:02}.licence.example", "equerre", f"CAD-Arbeitsplatz {number:02}", 37 * number % 330 + 5)
    for number in range(1, 10)
)
AGENTS = tuple(
    Item(f"backup-{host}.licence.example", "palimpseste", f"Datensicherung {host}", 6 + 4 * rank, "P1M")
    for rank, host in enumerate(("ns-40112", "ns-40113", "ns-40377"))
)
GERMANY = WEB + PLANT + WORKSTATIONS + AGENTS

CLIENT = "erabliere-bellefeuille"
QUEBEC = (
    Item("noemie-bellefeuille.quebec.example", "domain-quebec", "Mon site", 166, manual=True),
    Item("noemie-bellefeuille.quebec.example", "canopee-50", "Hébergement de mon site", 166),
    Item("mail.noemie-bellefeuille.quebec.example", "colombe-5", "Courriel", 13, "P1M"),
    Item(
        "noemie-bellefeuille.quebec.example",
        "sceau-dv",
        "Certificat de mon site",
        life=Life.INCLUDED,
        within="canopee-50",
    ),
    Item("chalet-du-huard.quebec.example", "domain-quebec", "Chalet du Huard", 27, manual=True),
    Item("chalet-du-huard.quebec.example", "canopee-10", "Chalet du Huard", 27, manual=True),
    Item("contes-d-hiver.example", "domain-example", "Contes d’hiver ❄", 5, manual=True),
    Item("contes-d-hiver.example", "canopee-10", "Contes d’hiver", -4, "P1M"),
    Item("vps-f00d51a3.compute.example", "brindille-4", "Atelier de programmation", 8, "P1M"),
    Item("vps-f00d51a4.compute.example", "brindille-2", "Laboratoire", 19, "P1M", manual=True),
    Item("photos-famille.grenier.example", "grenier-500", "Photos de famille", 258),
    Item("db-contes.data.example", "silex-2", "Base des contes", -10, "P1M"),
    Item("patinoire-du-quartier.quebec.example", "domain-quebec", "Patinoire du quartier", -6, manual=True),
    Item("carnet-de-raquette.example", "domain-example", "Carnet de raquette", 309),
    Item("raquette-2022.example", "canopee-10", "Ancien carnet", 44, life=Life.CANCELLED),
    Item("erabliere-bellefeuille.quebec.example", "domain-quebec", "Érablière", 121, owner=CLIENT, technical="demo-qc"),
    Item("erabliere-bellefeuille.quebec.example", "canopee-shop", "", 14, "P1M", owner=CLIENT, admin="demo-qc"),
)
